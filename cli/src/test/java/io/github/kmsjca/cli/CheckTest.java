package io.github.kmsjca.cli;

import static io.github.kmsjca.cli.Checks.assertHealthy;
import static io.github.kmsjca.cli.Checks.assertProblem;
import static io.github.kmsjca.cli.Checks.check;
import static io.github.kmsjca.cli.Checks.daysLeft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.cli.Commands.Result;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.testing.AwsEnvironment;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * What {@code check} reports about settings, credentials, keys, permissions, algorithms and the clock, and which
 * requests it sends.
 */
// javac warns because no test reads the AwsEnvironment, which only has to be open
@SuppressWarnings("try")
class CheckTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    @AutoClose
    private static final KmsClient CLIENT = KmsClient.builder()
            .endpointOverride(EMULATOR.endpoint())
            .region(Region.of(EMULATOR.region()))
            .build();

    private static final String SPEC = "ECC_NIST_P256";
    private static final String KEY = EMULATOR.createKey(SPEC, "SIGN_VERIFY", "alias/release");
    private static final String SETTINGS = "region=us-east-1;attempts=1;endpoint=" + EMULATOR.endpoint();
    private static final X509Certificate LEAF =
            TestKms.certificate(TestKms.publicKey(TestKms.key(new KmsProvider().configure(SETTINGS), KEY)));

    private static final X509Certificate ISSUER = TestKms.issuer();

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = folder.resolve("release.awskms");
        write(TestKms.entry("release", KEY, LEAF) + TestCertificates.pem(ISSUER));
        EMULATOR.faults().clear();
        EMULATOR.requests().clear();
    }

    private void write(String entries) throws IOException {
        Files.writeString(file, TestKms.fileText(entries));
    }

    private Result checkFile(String... words) {
        return Checks.checkFile(SETTINGS, file, words);
    }

    @Test
    void check_healthySetup_reportsEveryStepAndSignsNothing() {
        assertEquals(
                """
                ok       settings: valid; %s can be read
                ok       credentials: access key test-access-key-id
                ok       Region: us-east-1
                note     endpoint: %s, instead of the Region's own
                ok       key %s: ECC_NIST_P256, SIGN_VERIFY, Enabled
                ok       kms:GetPublicKey: allowed
                ok       kms:Sign: allowed, with SHA256withECDSA (ECDSA_SHA_256)
                ok       certificate: CN=leaf, chain of 2 with the root, valid until %s (%d days)
                ok       clock: 0 s ahead of the service
                """.formatted(file, EMULATOR.endpoint(), KEY, LEAF.getNotAfter().toInstant(), daysLeft(LEAF)),
                checkFile().requireCode(0).out().replaceFirst("clock: . s", "clock: 0 s"));
        assertTrue(EMULATOR.requests().of("Sign").get(0).parameters().contains("\"DryRun\":true"));
    }

    @Test
    void check_unknownSetting_suggestsTheNearest() {
        assertProblem(check(SETTINGS + ";regoin=x"), "settings", "unknown setting 'regoin'", "did you mean 'region'?");
    }

    @Test
    void check_damagedKeystoreFile_namesTheLine() throws IOException {
        write("alias: release\nkey: nonsense\n");
        assertProblem(checkFile(), "settings", "line 3: ", "write a key id");
    }

    @Test
    void check_missingKeystoreFile_namesTheFile() throws IOException {
        Files.delete(file);
        assertProblem(checkFile(), "settings", "there is no file ", file.toString());
    }

    @Test
    void check_noCredentialsOrUnknownProfile_saysWhatToSet() {
        try (AwsEnvironment environment = AwsEnvironment.withoutCredentials()) {
            assertProblem(checkFile(), "access", "no AWS credentials were found", "set AWS_PROFILE");
            assertProblem(
                    check(SETTINGS + ";profile=relase"),
                    "access",
                    "credentials for profile 'relase'",
                    "set AWS_PROFILE");
        }
    }

    @Test
    void check_missingRegion_saysWhatToSet() {
        assertProblem(
                check("endpoint=" + EMULATOR.endpoint(), "alias/release"),
                "access",
                "no AWS Region is known",
                "set AWS_REGION");
    }

    @Test
    void check_unreachableEndpoint_saysToCheckTheNetworkAndNotesThatCredentialsAreNotChecked() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String settings = "region=us-east-1;attempts=1;endpoint=http://127.0.0.1:" + port;
        Result result = check(settings, "--keystore", file.toString());
        String refused = "the connection to http://127.0.0.1:" + port + " failed";
        assertProblem(result, "key " + KEY, refused, "check the network");
        // without a file, check also asks for the list of aliases
        assertProblem(check(settings, KEY), "key " + KEY, refused, "check the network");
        assertTrue(
                result.out().contains("note     credentials: access key test-access-key-id; not checked"),
                result::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "UnrecognizedClientException, check the access key id and the Region",
        "ExpiredTokenException, renew the credentials",
        "InvalidSignatureException, 'check the secret access key, the Region, the endpoint and the clock'"
    })
    void check_refusedCredentials_showsCodeAndRemedyAndAsksNothingElse(String code, String remedy) {
        EMULATOR.faults().add(Fault.onAny().always().error(code, 400, null));
        Result result = checkFile();
        assertProblem(result, "credentials", code, remedy);
        assertFalse(result.out().contains("ok       credentials"), result::toString);
        assertEquals(1, EMULATOR.requests().all().size());
    }

    @Test
    void check_keyOrAliasThatDoesNotExist_saysWhatToCheck() throws IOException {
        write(TestKms.entry("release", TestKms.NO_KEY, LEAF) + TestCertificates.pem(ISSUER));
        assertProblem(checkFile(), "key " + TestKms.NO_KEY, "NotFoundException", "check the key identifier");
        assertProblem(check(SETTINGS, "alias/relase"), "key alias/relase", "NotFoundException", "and the Region");
    }

    @Test
    void check_disabledKey_namesTheCommandToEnableIt() {
        String key = EMULATOR.createKey(SPEC);
        CLIENT.disableKey(request -> request.keyId(key));
        assertProblem(check(SETTINGS, key), "key " + key, "Disabled", "aws kms enable-key");
    }

    @Test
    void check_keyPendingDeletion_namesTheCommandToCancelIt() {
        String key = EMULATOR.createKey(SPEC);
        CLIENT.scheduleKeyDeletion(request -> request.keyId(key));
        assertProblem(check(SETTINGS, key), "key " + key, "PendingDeletion", "aws kms cancel-key-deletion");
    }

    @Test
    void check_signDenied_namesThePermission() {
        deny("Sign");
        assertProblem(checkFile(), "kms:Sign", "AccessDeniedException", "allow kms:Sign");
    }

    @Test
    void check_getPublicKeyDenied_isAProblemOnlyWithoutCertificate() throws IOException {
        deny("GetPublicKey");
        assertProblem(check(SETTINGS, KEY), "key " + KEY, "AccessDeniedException", "allow kms:GetPublicKey");
        Result result = checkFile();
        assertHealthy(result);
        assertTrue(result.out().contains("ok       kms:Sign: allowed"), result::toString);
    }

    @Test
    void check_describeKeyAndListAliasesDenied_areOnlyNoted() {
        deny("DescribeKey");
        deny("ListAliases");
        Result result = check(SETTINGS, "alias/release");
        assertHealthy(result);
        assertTrue(result.out().contains("note     kms:DescribeKey: not allowed"), result::toString);
        assertTrue(result.out().contains("note     kms:ListAliases: not allowed"), result::toString);
        assertTrue(result.out().contains("ok       kms:Sign: allowed"), result::toString);
    }

    private static void deny(String operation) {
        EMULATOR.faults().add(Fault.on(operation).always().accessDenied());
    }

    @ParameterizedTest
    @CsvSource({"10, ahead of", "-10, behind"})
    void check_wrongClock_showsTheDirection(int minutes, String side) {
        CommandLine line = Main.commandLine(
                InstantSource.offset(InstantSource.system(), Duration.ofMinutes(minutes)), Terminal.NONE);
        assertProblem(
                Commands.run(line, List.of("check"), SETTINGS), "clock", " " + side + " the service", "set the clock");
    }

    @Test
    void check_algorithmOfAnotherKeySpec_listsTheAlgorithmsOfTheKey() {
        assertProblem(
                checkFile("--algorithm", "SHA256withRSA"), "signature", "SHA256withRSA", "algorithms: SHA224withECDSA");
    }

    @Test
    void check_algorithmForbiddenBySetting_namesTheSetting() {
        assertProblem(
                check(SETTINGS + ";ecdsa=strict", "--algorithm", "SHA384withECDSA", KEY),
                "signature",
                "ecdsa=strict",
                "or remove the setting");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA384withECDSA", "1.2.840.10045.4.3.3", "SHA3-256withECDSAinP1363Format"})
    void check_algorithmOfTheKey_isTriedWithADigestOfTheMessage(String algorithm) {
        assertHealthy(check(SETTINGS, "--algorithm", algorithm, KEY));
        assertFalse(triedWithRawMessage());
    }

    @Test
    void check_settingMessageRaw_isTriedWithARawMessage() {
        assertHealthy(check(SETTINGS + ";message=raw", KEY));
        assertTrue(triedWithRawMessage());
    }

    private static boolean triedWithRawMessage() {
        return EMULATOR.requests().of("Sign").get(0).parameters().contains("\"RAW\"");
    }

    @Test
    void check_invalidKeyOrUnknownEntry_isReportedOnStandardError() {
        Result result = check(SETTINGS, "nonsense").requireCode(1);
        assertTrue(result.err().startsWith("kms-jca: 'nonsense' is not a key id"), result::toString);
        result = checkFile("other").requireCode(1);
        assertEquals(
                "kms-jca: " + file + " has no key entry 'other'; 'kms-jca list --keystore " + file
                        + "' lists the entries\n",
                result.err());
    }

    @Test
    void check_brokenKey_doesNotHideTheOthers() throws IOException {
        String issuer = TestCertificates.pem(ISSUER);
        write(TestKms.entry("gone", TestKms.NO_KEY, LEAF) + issuer + TestKms.entry("release", KEY, LEAF) + issuer);
        Result result = checkFile();
        assertProblem(result, "key " + TestKms.NO_KEY, "NotFoundException", "check the key identifier");
        assertTrue(result.out().contains("ok       key " + KEY), result::toString);
        assertTrue(result.out().contains("ok       clock"), result::toString);
    }

    @Test
    void check_allSteps_makeEachRequestOnce() throws IOException {
        Path chain = Files.writeString(
                folder.resolve("chain.pem"), TestCertificates.pem(LEAF) + TestCertificates.pem(ISSUER));
        Result result = check(SETTINGS + ";certificate-tags=read;certificates=" + chain, "alias/release");
        assertHealthy(result);
        assertTrue(result.out().contains("ok       certificate: CN=leaf"), result::toString);
        assertEquals(
                List.of("DescribeKey", "GetPublicKey", "Sign", "ListResourceTags", "ListAliases"),
                EMULATOR.requests().all().stream().map(LoggedRequest::operation).toList());
    }

    @Test
    void check_updatingKey_isHealthy() {
        answerKeyState("Updating");
        assertHealthy(checkFile());
    }

    @ParameterizedTest
    @CsvSource({
        "Creating, it will be ready shortly",
        "PendingImport, aws kms import-key-material",
        "Unavailable, Key states of AWS KMS keys",
        "OfTheFuture, Key states of AWS KMS keys"
    })
    void check_keyStateThatForbidsUse_showsItsRemedy(String state, String remedy) {
        answerKeyState(state);
        assertProblem(checkFile(), "key " + KEY, state, remedy);
    }

    private static void answerKeyState(String state) {
        EMULATOR.faults()
                .add(Fault.on("DescribeKey")
                        .rewrite(body -> body.replace("\"KeyState\":\"Enabled\"", "\"KeyState\":\"" + state + "\"")));
    }
}
