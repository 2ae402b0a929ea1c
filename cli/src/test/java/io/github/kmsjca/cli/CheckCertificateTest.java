package io.github.kmsjca.cli;

import static io.github.kmsjca.cli.Checks.assertHealthy;
import static io.github.kmsjca.cli.Checks.assertProblem;
import static io.github.kmsjca.cli.Checks.check;
import static io.github.kmsjca.cli.Checks.daysLeft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.cli.Commands.Result;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code check} reports about the certificates of a signing key, and the option {@code --expires-within}. */
class CheckCertificateTest {
    private static final String SETTINGS = TestKms.settings();
    private static final String KEY = TestKms.arn("ECC_NIST_P256");
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey("ECC_NIST_P256"));
    private static final X509Certificate ISSUER = TestKms.issuer();

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = folder.resolve("release.awskms");
        write(TestKms.entry("release", KEY, LEAF) + TestCertificates.pem(ISSUER));
        TestKms.reset();
    }

    private void write(String entries) throws IOException {
        Files.writeString(file, TestKms.fileText(entries));
    }

    private Result checkFile(String... words) {
        return Checks.checkFile(SETTINGS, file, words);
    }

    @Test
    void check_certificateOfAnotherKey_isAProblem() throws IOException {
        write(TestKms.entry("release", KEY, TestCertificates.selfSigned("stranger")));
        assertProblem(
                checkFile(),
                "certificate",
                "CN=stranger belongs to another key",
                "correct the line 'key:' of the entry");
    }

    @ParameterizedTest
    @CsvSource({"-600, is not valid before, check the clock", "600, expired at, import a new certificate"})
    void check_certificateNotValidNow_isAProblem(int daysFromNow, String problem, String remedy) {
        assertProblem(checkAt(Duration.ofDays(daysFromNow)), "certificate", problem, remedy);
    }

    /** Checks the keystore file at another time. Removes the line about the wrong clock from the output. */
    private Result checkAt(Duration fromNow) {
        CommandLine line = Main.commandLine(InstantSource.fixed(Instant.now().plus(fromNow)), Terminal.NONE);
        Result result = Commands.run(line, List.of("check", "--keystore", file.toString()), SETTINGS);
        List<String> kept =
                result.out().lines().filter(text -> !text.contains(" clock: ")).toList();
        return new Result(result.code(), String.join("\n", kept), result.err());
    }

    @Test
    void check_unreadableCertificates_areAProblem() {
        assertProblem(
                check(SETTINGS + ";certificates=" + folder.resolve("missing.pem"), KEY),
                "certificate",
                "there is no file or folder",
                "name a file with certificates");
        TestKms.emulator().faults().add(Fault.on("ListResourceTags").always().accessDenied());
        assertProblem(
                check(SETTINGS + ";certificate-tags=read", KEY),
                "certificate",
                "AccessDeniedException",
                "allow kms:ListResourceTags");
    }

    @Test
    void check_chainWithWrongIssuer_namesBothCertificates() throws IOException {
        write(TestKms.entry("release", KEY, LEAF) + TestCertificates.pem(TestCertificates.selfSigned("stranger")));
        assertProblem(checkFile(), "certificate", "CN=leaf was not issued by CN=stranger", "import the chain");
    }

    @Test
    void check_certificateOnlyForCrls_namesTheMissingUsage() {
        Path certificate = folder.resolve("crl.pem");
        Commands.run(
                        Main.commandLine(),
                        List.of("selfsign", "--subject=CN=x", "--key-usage=cRLSign", "--out=" + certificate, KEY),
                        SETTINGS)
                .requireCode(0);
        assertProblem(
                check(SETTINGS + ";certificates=" + certificate, KEY),
                "certificate",
                "the extension keyUsage in the certificate of CN=x does not allow signatures of jars or in TLS",
                "certificate with digitalSignature");
    }

    @Test
    void check_certificateExpiresSoon_isNoted() {
        Result result =
                checkAt(Duration.between(Instant.now(), LEAF.getNotAfter().toInstant())
                        .minusDays(20)
                        .plusMinutes(1));
        assertTrue(result.out().contains("note     certificate: CN=leaf expires in 19 days, at "), result::toString);
    }

    @Test
    void check_expiresWithin_isAProblemIfLessIsLeft() {
        assertProblem(
                checkFile("--expires-within", daysLeft(LEAF) + 1 + "d"),
                "certificate",
                "expires in",
                "renew it in time");
        assertHealthy(checkFile("--expires-within", 24 * (daysLeft(LEAF) - 1) + "h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "30 d", "-1d", "1w", "P1D", "100000d", ""})
    void check_expiresWithinWrongTime_isRefused(String time) {
        Result result = checkFile("--expires-within", time);
        assertEquals(2, result.code());
        assertTrue(
                result.err()
                        .contains("'" + time + "' is not a number of days or hours up to 99999, such as 30d or 12h"),
                result::toString);
    }

    @Test
    void check_leafAlone_isAProblem() throws IOException {
        write(TestKms.entry("release", KEY, LEAF));
        assertProblem(
                checkFile(),
                "certificate",
                "lacks the certificate of CN=ca, which issued CN=leaf",
                "together with the certificates of its CAs");
    }

    @Test
    void check_issuerOfACaIsMissing_isNoted() throws IOException {
        TestCertificates.Party root = TestCertificates.Party.ec("root");
        TestCertificates.Party issuing = TestCertificates.Party.ec("issuing");
        X509Certificate leaf = TestCertificates.issue(
                new TestCertificates.Party("CN=leaf", new KeyPair(LEAF.getPublicKey(), null)), issuing);
        write(TestKms.entry("release", KEY, leaf) + TestCertificates.pem(TestCertificates.ca(issuing, root)));
        Result result = checkFile();
        assertHealthy(result);
        assertTrue(
                result.out()
                        .contains(
                                "note     certificate: the chain ends with CN=issuing, issued by CN=root; this is right"
                                        + " only if CN=root is a root CA that verifiers already trust"),
                result::toString);
    }

    @Test
    void check_keyWithoutCertificate_isNoted() {
        Result result = check(SETTINGS, KEY);
        assertHealthy(result);
        assertTrue(result.out().contains("note     certificate: none for this key"), result::toString);
    }
}
