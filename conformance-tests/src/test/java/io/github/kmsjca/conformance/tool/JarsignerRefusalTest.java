package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what {@code jarsigner} prints if it cannot sign: one line with the problem. No jar is written. */
class JarsignerRefusalTest {
    private static final String FAILED = "jarsigner: unable to sign jar: java.security.SignatureException: ";
    private static final String CHECK_NETWORK = " failed; check the network and the settings endpoint and region,"
            + " or AWS_ENDPOINT_URL_KMS and AWS_REGION";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(SigningKey.RSA_2048, SigningKey.ECC_NIST_P256);

    private Workplace place;
    private byte[] unsigned = {};

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        place = BENCH.workplace(folder, SigningKey.RSA_2048);
        unsigned = Files.readAllBytes(place.path("in.jar"));
    }

    @AfterEach
    void noJarIsWritten() throws IOException {
        assertFalse(Files.exists(place.path("out.jar")));
        assertArrayEquals(unsigned, Files.readAllBytes(place.path("in.jar")));
    }

    private static String sign(Workplace where, String keystoreAndOptions, String alias) {
        return where.jarsigner("-keystore " + keystoreAndOptions
                        + " -storetype AWSKMS -protected -signedjar out.jar in.jar " + alias)
                .requireOneError();
    }

    private String sign(Workplace where) {
        return sign(where, "release.awskms", Workbench.ENTRY);
    }

    private String signAs(String algorithm, Workplace where) {
        return sign(where, "release.awskms -sigalg " + algorithm, Workbench.ENTRY);
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void discovery_withoutRegion_saysWhatToSet() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.KmsException: no AWS Region is known; set AWS_REGION or the"
                        + " setting region; a key that is named by its ARN needs neither",
                sign(place.without("AWS_REGION"), "NONE", "alias/RSA_2048"));
    }

    @Test
    void accessKeyId_missing_saysWhatToSet() {
        assertEquals(
                FAILED + "KMS Sign for key " + BENCH.arn(SigningKey.RSA_2048) + " failed: no AWS credentials were"
                        + " found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it",
                sign(place.without("AWS_ACCESS_KEY_ID")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void endpoint_closedPort_saysToCheckTheNetwork() {
        assertEquals(
                FAILED + "KMS Sign for key " + BENCH.arn(SigningKey.RSA_2048) + " failed: the connection to"
                        + " http://127.0.0.1:1" + CHECK_NETWORK + " (Connection refused)",
                sign(place.with("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void endpoint_unknownHost_saysToCheckTheNetwork() {
        assertEquals(
                FAILED + "KMS Sign for key " + BENCH.arn(SigningKey.RSA_2048) + " failed: the connection to"
                        + " http://kms.invalid" + CHECK_NETWORK + " (unknown host kms.invalid)",
                sign(place.with("AWS_ENDPOINT_URL_KMS", "http://kms.invalid")));
    }

    @Test
    void endpoint_withoutScheme_namesTheVariables() {
        assertEquals(
                FAILED + "the AWS SDK cannot be configured: The URI scheme of endpointOverride must not be null.;"
                        + " check the variables AWS_*, such as AWS_ENDPOINT_URL_KMS, and the AWS configuration files",
                sign(place.with("AWS_ENDPOINT_URL_KMS", "kms")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void setting_unknown_suggestsTheNearest() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: provider argument: unknown setting"
                        + " 'regoin'; did you mean 'region'?",
                sign(place.withSettings("regoin=eu-west-1")));
    }

    @Test
    void setting_unknownWithProviderClass_isNotReportedAsProviderNotFound() {
        Workplace byClass = place.withOptions(
                place.vmOptions(), "-providerClass", "io.github.kmsjca.KmsProvider", "-providerArg", "regoin=x");
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: provider argument: unknown setting"
                        + " 'regoin'; did you mean 'region'?",
                sign(byClass));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void setting_wrongValue_saysWhatIsAllowed() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: provider argument: attempts=many is not a"
                        + " whole number from 1 to 100",
                sign(place.withSettings("attempts=many")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void setting_unknownInSettingsFile_namesTheLine() throws IOException {
        Files.writeString(place.path("release.conf"), "region = us-east-1\nreigon = us-east-1\n");

        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: settings file release.conf, line 2:"
                        + " unknown setting 'reigon'; did you mean 'region'?",
                sign(place.withSettings("release.conf")));
    }

    @Test
    void setting_unknownInKeystoreFile_namesTheLine() {
        BENCH.keystore(SigningKey.RSA_2048)
                .afterFirstLine("\nregoin: us-east-1\n")
                .writeTo(place.path("release.awskms"));

        assertEquals(
                "jarsigner error: java.lang.RuntimeException: keystore load: keystore file, line 3: unknown setting"
                        + " 'regoin'; did you mean 'region'?",
                sign(place));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void setting_unknownSystemProperty_namesTheProperty() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: system property awskms.regoin: unknown"
                        + " setting 'regoin'; did you mean 'region'?",
                sign(place.withVmOptions("-Dawskms.regoin=x")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void providerArgument_noFileWithThisName_saysWhatIsExpected() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: provider argument 'nosuch.conf' is neither"
                        + " an existing settings file nor a list such as region=eu-west-1;attempts=2",
                sign(place.withSettings("nosuch.conf")));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void certificates_missingFile_saysWhatToName() {
        assertEquals(
                "jarsigner error: io.github.kmsjca.key.SettingsException: setting certificates: there is no file or"
                        + " folder nosuch.pem; name a file with certificates, or a folder of such files",
                sign(place.withSettings("certificates=nosuch.pem"), "NONE", "alias/RSA_2048"));
    }

    @Test
    void alias_unknownInKeystoreFile_isReportedByTheToolItself() {
        assertEquals(
                "jarsigner: Certificate chain not found for: nosuch.  nosuch must reference a valid KeyStore key entry"
                        + " containing a private key and corresponding public key certificate chain.",
                sign(place, "release.awskms", "nosuch"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void alias_unknownInAccountWithCertificates_showsTheKmsError() throws IOException {
        Files.writeString(place.path("chain.pem"), TestCa.pem(BENCH.ca().certificate()));

        String error = sign(place.withSettings("certificates=chain.pem"), "NONE", "alias/nosuch");

        assertEquals(
                "jarsigner error: io.github.kmsjca.key.KmsException: KMS GetPublicKey for key alias/nosuch failed:"
                        + " NotFoundException (Alias arn:aws:kms:us-east-1:111122223333:alias/nosuch is not found);"
                        + " check the key identifier, the account and the Region",
                withoutRequestId(error));
    }

    @Test
    void alias_withoutCertificateInAccount_isReportedByTheToolItself() {
        assertEquals(
                "jarsigner: Certificate chain not found for: alias/RSA_2048.  alias/RSA_2048 must reference a valid"
                        + " KeyStore key entry containing a private key and corresponding public key certificate"
                        + " chain.",
                sign(place, "NONE", "alias/RSA_2048"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void key_doesNotExist_saysToCheckTheIdentifier() {
        String arn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";
        KeystoreText.empty()
                .key(Workbench.ENTRY, arn, BENCH.certificate(SigningKey.RSA_2048))
                .writeTo(place.path("release.awskms"));

        assertEquals(
                FAILED + "KMS Sign for key " + arn + " failed: NotFoundException (Key '" + arn
                        + "' does not exist); check the key identifier, the account and the Region",
                withoutRequestId(sign(place)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void key_disabled_namesTheCommandToEnableIt() {
        String arn = newKeyInFile();
        BENCH.client().disableKey(request -> request.keyId(arn));

        assertEquals(
                FAILED + "KMS Sign for key " + arn + " failed: DisabledException (" + arn
                        + " is disabled); enable the key with 'aws kms enable-key'",
                withoutRequestId(sign(place)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void key_pendingDeletion_namesTheCommandsToKeepIt() {
        String arn = newKeyInFile();
        BENCH.client().scheduleKeyDeletion(request -> request.keyId(arn));

        assertEquals(
                FAILED + "KMS Sign for key " + arn + " failed: KMSInvalidStateException (" + arn
                        + " is pending deletion); look at the key state with 'aws kms describe-key'; to keep a key"
                        + " that is pending deletion, run 'aws kms cancel-key-deletion', then 'aws kms enable-key'",
                withoutRequestId(sign(place)));
    }

    private String newKeyInFile() {
        String arn = BENCH.emulator().createKey("ECC_NIST_P256");
        KeystoreText.empty().key(Workbench.ENTRY, arn, BENCH.certificate(arn)).writeTo(place.path("release.awskms"));
        return arn;
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void key_forEncryption_asksForTheRightKeyUsage() {
        String arn = BENCH.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
        KeystoreText.empty().key(Workbench.ENTRY, arn, BENCH.certificate(arn)).writeTo(place.path("release.awskms"));

        assertEquals(
                FAILED + "the certificate of the entry may belong to another key: KMS Sign for key " + arn
                        + " failed: InvalidKeyUsageException (" + arn
                        + " key usage is ENCRYPT_DECRYPT which is not valid for Sign); name a key with the"
                        + " right key usage, and an algorithm that its key spec supports",
                withoutRequestId(sign(place)));
    }

    @Test
    void key_accessDenied_namesThePermission() {
        BENCH.emulator().faults().add(Fault.on("Sign").always().accessDenied());
        String arn = BENCH.arn(SigningKey.RSA_2048);

        assertEquals(
                FAILED + "KMS Sign for key " + arn + " failed: AccessDeniedException (User:"
                        + " arn:aws:iam::111122223333:user/test is not authorized to perform: kms:Sign on resource: "
                        + arn + " because no identity-based policy allows the kms:Sign action); allow kms:Sign in the"
                        + " caller's IAM policy and in the key policy",
                withoutRequestId(sign(place)));
    }

    private static String withoutRequestId(String error) {
        return error.replaceFirst(" \\[request id [0-9a-f-]+]$", "");
    }

    @Test
    void algorithm_forAnotherTypeOfKey_isRefusedByTheToolItself() {
        assertEquals(
                "jarsigner error: java.lang.IllegalArgumentException: key algorithm not compatible with signature"
                        + " algorithm",
                signAs("SHA256withECDSA", place));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void algorithm_thatKmsLacks_namesTheAlgorithmsOfTheKey() {
        assertEquals(
                "jarsigner: unable to sign jar: java.security.InvalidKeyException: KMS key "
                        + BENCH.arn(SigningKey.RSA_2048)
                        + " (RSA_2048) cannot be used with SHA1withRSA; possible algorithms: SHA256withRSA,"
                        + " SHA384withRSA, SHA512withRSA, NONEwithRSA, RSASSA-PSS, NONEwithRSASSA-PSS, SHA256withRSA/PSS,"
                        + " SHA384withRSA/PSS, SHA512withRSA/PSS (option -sigalg of jarsigner and keytool)",
                signAs("SHA1withRSA", place));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void algorithm_refusedByStrictSetting_namesTheHash() {
        BENCH.keystore(SigningKey.ECC_NIST_P256).writeTo(place.path("release.awskms"));

        assertEquals(
                "jarsigner: unable to sign jar: java.security.InvalidKeyException: KMS key "
                        + BENCH.arn(SigningKey.ECC_NIST_P256) + " (ECC_NIST_P256) cannot be used with SHA384withECDSA"
                        + " while ecdsa=strict is set: for this key KMS uses only the hash SHA-256; use that hash"
                        + " (option -sigalg of jarsigner and keytool), or remove the setting",
                signAs("SHA384withECDSA", place.withSettings("ecdsa=strict")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void certificate_ofAnotherKeyOfTheSameSpec_saysThatTheSignatureDoesNotVerify() {
        String other = BENCH.emulator().createKey("RSA_2048");
        String arn = BENCH.arn(SigningKey.RSA_2048);
        KeystoreText.empty().key(Workbench.ENTRY, arn, BENCH.certificate(other)).writeTo(place.path("release.awskms"));

        assertEquals(
                FAILED + "the signature that KMS made with key " + arn
                        + " does not verify with the certificate of the entry, so the signature is not returned; give"
                        + " the entry the certificate of this key, or correct the line 'key:' of the entry",
                sign(place));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void certificate_ofAnotherKeySpec_errorNamesTheCertificateAndTheKmsError() {
        KeystoreText.empty()
                .key(Workbench.ENTRY, BENCH.arn(SigningKey.RSA_2048), BENCH.certificate(SigningKey.ECC_NIST_P256))
                .writeTo(place.path("release.awskms"));

        assertEquals(
                FAILED + "the certificate of the entry may belong to another key: KMS Sign for key "
                        + BENCH.arn(SigningKey.RSA_2048)
                        + " failed: InvalidKeyUsageException (Algorithm ECDSA_SHA_256 is incompatible with key spec"
                        + " RSA_2048); name a key with the right key usage, and an algorithm that its key spec"
                        + " supports",
                withoutRequestId(sign(place)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void keystoreFile_unknownName_namesTheLine() {
        KeystoreText.empty().with("\nalias: release\nkei: x\n").writeTo(place.path("release.awskms"));

        assertEquals(
                "jarsigner error: java.lang.RuntimeException: keystore load: keystore file, line 4: unknown name 'kei';"
                        + " an entry has alias:, key:, names beginning with x-, and certificates; settings stand above"
                        + " the first entry; other text needs #",
                sign(place));
    }

    @Test
    void keystoreFile_containsAPrivateKey_errorDoesNotRepeatTheKey() {
        KeystoreText.empty()
                .with("\nalias: release\n-----BEGIN PRIVATE KEY-----\nMIIBsecret\n-----END PRIVATE KEY-----\n")
                .writeTo(place.path("release.awskms"));

        assertEquals(
                "jarsigner error: java.lang.RuntimeException: keystore load: keystore file, line 4: this block is a"
                        + " private key; remove it, because this file must not hold secrets",
                sign(place));
    }
}
