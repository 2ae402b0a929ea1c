package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code import}, and how other commands handle names, keystore files and missing folders. */
class StoreCommandsTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String P384 = "ECC_NIST_P384";
    private static final String RSA = "RSA_2048";
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));
    private static final X509Certificate ISSUER = TestKms.issuer();
    private static final String LEAF_LINE =
            "CN=leaf, valid until " + LEAF.getNotAfter().toInstant();

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private Path pem = Path.of("");

    @BeforeEach
    void reset() throws IOException {
        file = folder.resolve("release.awskms");
        pem = Files.writeString(folder.resolve("chain.pem"), TestCertificates.pem(LEAF));
        TestKms.reset();
    }

    @Test
    void import_newFile_requestsOnlyThePublicKey() throws Exception {
        assertEquals(
                file + ", release: " + LEAF_LINE + "\n",
                Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                        .requireCode(0)
                        .out());
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
        assertEquals(
                TestKms.fileText("\nalias: release\nkey: " + TestKms.arn(P256) + "\n" + TestCertificates.pem(LEAF)),
                Files.readString(file));
    }

    @Test
    void import_entryOfTheFile_replacesOnlyItsCertificate() throws Exception {
        Files.writeString(
                file,
                TestKms.fileText("# kept\n" + TestKms.entry("release", TestKms.arn(P256), LEAF)
                        + TestKms.entry("other", TestKms.arn(P384), TestKms.certificate(TestKms.publicKey(P384)))));
        X509Certificate renewed = TestKms.certificate(TestKms.publicKey(P256));
        Files.writeString(pem, TestCertificates.pem(renewed));
        String before = Files.readString(file);
        Commands.run("import --keystore " + file + " release " + pem).requireCode(0);
        assertEquals(before.replace(TestCertificates.pem(LEAF), TestCertificates.pem(renewed)), Files.readString(file));
    }

    /** Many CAs return only the new certificate of the key. */
    @Test
    void import_leafAlone_keepsTheIssuersThatStillFit() throws Exception {
        Files.writeString(
                file,
                TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF)
                        + TestCertificates.pem(ISSUER)
                        + TestCertificates.pem(TestCertificates.selfSigned("other"))));
        X509Certificate renewed = TestKms.certificate(TestKms.publicKey(P256));
        Files.writeString(pem, TestCertificates.pem(renewed));
        String out = Commands.run("import --keystore " + file + " release " + pem)
                .requireCode(0)
                .out();
        assertTrue(out.endsWith(", with 1 more certificate; kept from before: CN=ca\n"), out);
        assertEquals(
                TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), renewed) + TestCertificates.pem(ISSUER)),
                Files.readString(file));
    }

    @Test
    void import_leafOfAnotherCa_keepsNothing() throws Exception {
        Files.writeString(
                file,
                TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF) + TestCertificates.pem(ISSUER)));
        X509Certificate renewed = TestCertificates.issue(
                new TestCertificates.Party("CN=leaf", new KeyPair(TestKms.publicKey(P256), null)),
                TestCertificates.Party.ec("new ca"));
        Files.writeString(pem, TestCertificates.pem(renewed));
        Commands.run("import --keystore " + file + " release " + pem).requireCode(0);
        assertEquals(TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), renewed)), Files.readString(file));
    }

    @Test
    void import_leafAloneIntoTags_keepsTheIssuersThatStillFit() throws Exception {
        String alias = "alias/cli-tags-renewed";
        TestKms.emulator().createKey(P256, "SIGN_VERIFY", alias);
        PublicKey key = TestKms.publicKey(TestKms.key(TestKms.provider(), alias));
        Files.writeString(pem, TestCertificates.pem(TestKms.certificate(key)) + TestCertificates.pem(ISSUER));
        Commands.run("import --tags " + alias + " " + pem).requireCode(0);
        X509Certificate renewed = TestKms.certificate(key);
        Files.writeString(pem, TestCertificates.pem(renewed));
        String out = Commands.run("import --tags " + alias + " " + pem)
                .requireCode(0)
                .out();
        assertTrue(out.endsWith("; kept from before: CN=ca\n"), out);
        KeyStore store = TestKms.discovery(TestKms.provider("certificate-tags=read"));
        assertArrayEquals(new Certificate[] {renewed, ISSUER}, store.getCertificateChain(alias));
    }

    @Test
    void import_certificatesFromTheSetting_areIgnored() throws Exception {
        Path other = Files.writeString(
                folder.resolve("other.pem"), TestCertificates.pem(TestKms.certificate(TestKms.publicKey(P384))));
        String words = "import --keystore " + file + " " + TestKms.arn(P384) + " " + pem;
        Commands.run(Main.commandLine(), List.of(words.split(" ")), TestKms.settings("certificates=" + other))
                .requireCode(1);
        assertFalse(Files.exists(file));
    }

    @Test
    void import_entryWithTheWrongCertificate_isFixed() throws Exception {
        Files.writeString(
                file, TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), TestCertificates.selfSigned("x"))));
        Commands.run("import --keystore " + file + " release " + pem).requireCode(0);
        assertEquals(TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF)), Files.readString(file));
    }

    @Test
    void import_keyAlias_staysInAnEntryAndBecomesAnArnInANewEntry() throws Exception {
        String alias = "alias/cli-team/release";
        String arn = TestKms.emulator().createKey(P256, "SIGN_VERIFY", alias);
        String certificate =
                TestCertificates.pem(TestKms.certificate(TestKms.publicKey(TestKms.key(TestKms.provider(), alias))));
        Files.writeString(pem, certificate);
        Files.writeString(file, TestKms.fileText("\nalias: mine\nkey: " + alias + "\n"));
        Commands.run("import --keystore " + file + " mine " + pem).requireCode(0);
        assertTrue(Files.readString(file).contains("\nalias: mine\nkey: " + alias + "\n" + certificate));
        Commands.run("import --keystore " + file + " " + alias + " " + pem).requireCode(0);
        assertTrue(
                Files.readString(file).contains("\nalias: cli-team/release\nkey: " + arn + "\n"),
                Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA_2048", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "ML_DSA_65"})
    void import_folderOfCertificates_takesOnlyTheCertificateOfTheKey(String spec) throws Exception {
        Path folderOfMany = Files.createDirectory(folder.resolve("many"));
        Files.writeString(folderOfMany.resolve("other.pem"), TestCertificates.pem(LEAF));
        Files.writeString(folderOfMany.resolve("notes.txt"), "nothing");
        Path own = folderOfMany.resolve("own.pem");
        Commands.run("selfsign --subject CN=own --out " + own + " " + TestKms.arn(spec))
                .requireCode(0);
        Commands.run("import --alias a --keystore " + file + " " + TestKms.arn(spec) + " " + folderOfMany)
                .requireCode(0);
        assertTrue(Files.readString(file).endsWith(TestKms.arn(spec) + "\n" + Files.readString(own)));
        TestKms.reset();
        // exit code 0: check accepts the new entry
        Commands.run("check --keystore " + file).requireCode(0);
        assertEquals(List.of("DescribeKey", "GetPublicKey", "Sign"), TestKms.operations());
    }

    static Stream<Arguments> keyUsages() {
        return Stream.of(
                arguments(RSA, "SIGN_VERIFY", "digitalSignature", KeyUsage.digitalSignature, KeyUsage.keyEncipherment),
                arguments(RSA, "SIGN_VERIFY", "digitalSignature", KeyUsage.keyCertSign, KeyUsage.keyAgreement),
                arguments(
                        RSA, "ENCRYPT_DECRYPT", "keyEncipherment", KeyUsage.keyEncipherment, KeyUsage.digitalSignature),
                arguments(P256, "KEY_AGREEMENT", "keyAgreement", KeyUsage.keyAgreement, KeyUsage.digitalSignature),
                arguments(
                        "ML_KEM_512",
                        "ENCAPSULATE_DECAPSULATE",
                        "keyEncipherment",
                        KeyUsage.keyEncipherment,
                        KeyUsage.keyAgreement));
    }

    /**
     * RFC 5280 §4.2.1.3.
     *
     * @param usual the bit that the error text names
     * @param fit a bit that allows the usage of the key
     * @param unfit a bit that does not
     */
    @ParameterizedTest
    @MethodSource("keyUsages")
    void import_keyUsage_mustAllowTheUsageOfTheKey(String spec, String usage, String usual, int fit, int unfit)
            throws Exception {
        String arn = TestKms.emulator().createKey(spec, usage);
        PublicKey key = TestKms.publicKey(TestKms.key(TestKms.provider(), arn));
        String words = "import --alias a --keystore " + file + " " + arn + " " + pem;
        Files.writeString(pem, TestCertificates.pem(TestCertificates.withKeyUsage(unfit, key)));
        assertEquals(
                "kms-jca: the extension keyUsage in the certificate of CN=allowing does not allow the usage of the key,"
                        + " " + usage + "; ask the CA for a certificate with " + usual + "\n",
                Commands.run(words).requireCode(1).err());
        assertFalse(Files.exists(file));
        Files.writeString(pem, TestCertificates.pem(TestCertificates.withKeyUsage(fit, key)));
        Commands.run(words).requireCode(0);
    }

    @Test
    void import_derFile_isRead() throws Exception {
        Files.write(pem, LEAF.getEncoded());
        Commands.run("import --alias a --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(0);
        assertTrue(Files.readString(file).endsWith(TestCertificates.pem(LEAF)));
    }

    @Test
    void import_missingFileOrFileWithoutCertificates_isRefusedInOneLine() throws Exception {
        Files.writeString(pem, "nothing");
        String words = "import --keystore " + file + " " + TestKms.arn(P256) + " ";
        assertEquals(
                "kms-jca: " + pem + " holds no certificate; name a file with certificates (PEM, DER, PKCS #7,"
                        + " PKCS #12 or JKS)\n",
                Commands.run(words + pem).requireCode(1).err());
        Path missing = folder.resolve("missing.pem");
        assertEquals(
                "kms-jca: there is no file or folder " + missing
                        + "; name a file with certificates, or a folder of such files\n",
                Commands.run(words + missing).requireCode(1).err());
    }

    @Test
    void import_utf16OrOneLinePemOrPkcs12_isRead() throws Exception {
        String text = TestCertificates.pem(ISSUER) + TestCertificates.pem(LEAF);
        List<byte[]> forms = List.of(
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
                text.replace("\n", "").getBytes(StandardCharsets.US_ASCII),
                TestCertificates.pkcs12(ISSUER, LEAF));
        for (byte[] form : forms) {
            Files.deleteIfExists(file);
            Files.write(pem, form);
            assertEquals(
                    file + ", release: " + LEAF_LINE + ", with 1 more certificate\n",
                    Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                            .requireCode(0)
                            .out());
        }
    }

    @Test
    void import_keystoreInMissingFolder_isRefusedInOneLine() {
        Path other = folder.resolve("none").resolve("release.awskms");
        assertEquals(
                "kms-jca: keystore file " + other + " cannot be saved: there is no folder " + folder.resolve("none")
                        + "; create it, or name another folder\n",
                Commands.run("import --alias a --keystore " + other + " " + TestKms.arn(P256) + " " + pem)
                        .requireCode(1)
                        .err());
    }

    @Test
    void commands_misspeltName_suggestTheNearest() throws Exception {
        Files.writeString(file, TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), LEAF)));
        assertEquals(
                "kms-jca: " + file + " has no key entry 'relaese'; did you mean 'release'?\n",
                Commands.run("pubkey --keystore " + file + " relaese")
                        .requireCode(1)
                        .err());
        assertEquals(
                "kms-jca: " + file + " has no key entry 'alias/release'; did you mean 'release'?\n",
                Commands.run("pubkey --keystore " + file + " alias/release")
                        .requireCode(1)
                        .err());
        String settings = TestKms.settings("key.nightly=alias/release");
        assertTrue(Commands.run(Main.commandLine(), List.of("pubkey", "nigthly"), settings)
                .requireCode(1)
                .err()
                .endsWith("; did you mean 'nightly'?\n"));
    }

    @Test
    void import_unknownKey_reportsTheKeyAndNotTheFile() {
        String error = Commands.run("import --keystore " + file + " nonsense " + pem)
                .requireCode(1)
                .err();
        assertTrue(error.startsWith("kms-jca: 'nonsense' is not a key id"), error);
    }

    @Test
    void commands_regionOnlyInTheKeystoreFile_succeed() throws Exception {
        Files.writeString(
                file, TestKms.fileText("region: us-east-1\n\nalias: release\nkey: " + TestKms.id(P256) + "\n"));
        String endpoint = "endpoint=" + TestKms.emulator().endpoint();
        for (String words : List.of("policy release", "pubkey release", "import release " + pem)) {
            Commands.run(Main.commandLine(), List.of((words + " --keystore " + file).split(" ")), endpoint)
                    .requireCode(0);
        }
    }

    @Test
    void import_certificateOfAnotherKey_isRefusedAndNothingIsWritten() {
        String error = Commands.run("import --keystore " + file + " " + TestKms.arn(P384) + " " + pem)
                .requireCode(1)
                .err();
        assertTrue(error.startsWith("kms-jca: " + pem + " holds no certificate for the public key of KMS key "), error);
        assertTrue(
                error.contains(": CN=leaf belongs to another key (ECC_NIST_P256 instead of ECC_NIST_P384); make a"),
                error);
        assertFalse(Files.exists(file));
    }

    @Test
    void import_entryOfAnotherKey_isRefusedAndTheFileIsUnchanged() throws Exception {
        String before = TestKms.fileText(
                TestKms.entry("release", TestKms.arn(P384), TestKms.certificate(TestKms.publicKey(P384))));
        Files.writeString(file, before);
        String error = Commands.run("import --alias release --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(1)
                .err();
        assertTrue(error.startsWith("kms-jca: " + file + " has an entry 'release' that is not for KMS key "), error);
        assertEquals(before, Files.readString(file));
    }

    @Test
    void import_intoTags_isFoundWithoutAFile() throws Exception {
        String alias = "alias/cli-tags";
        TestKms.emulator().createKey(P256, "SIGN_VERIFY", alias);
        X509Certificate certificate = TestKms.certificate(TestKms.publicKey(TestKms.key(TestKms.provider(), alias)));
        Files.writeString(pem, TestCertificates.pem(certificate));
        Commands.run("import --tags " + alias + " " + pem).requireCode(0);
        KeyStore store = TestKms.discovery(TestKms.provider("certificate-tags=read"));
        String list = Commands.run(
                        Main.commandLine(),
                        List.of("list", "--long"),
                        TestKms.settings("keys=" + alias, "certificate-tags=read"))
                .requireCode(0)
                .out();
        assertTrue(list.contains("  CN=leaf  "), list);
        assertTrue(store.getKey(alias, null) instanceof KmsKey);
        assertEquals(certificate, store.getCertificate(alias));
    }

    @Test
    void import_neitherOrBothOfFileAndTags_isRefused() {
        Commands.run("import " + TestKms.arn(P256) + " " + pem).requireCode(2);
        Commands.run("import --tags --keystore " + file + " " + TestKms.arn(P256) + " " + pem)
                .requireCode(2);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void out_missingFolder_isReportedInOneLine() {
        Path missing = folder.resolve("missing");
        assertEquals(
                "kms-jca: there is no folder " + missing + " for --out; create it, or name a file in another folder\n",
                Commands.run("pubkey --out " + missing.resolve("key.pem") + " " + TestKms.arn(P256))
                        .requireCode(1)
                        .err());
    }

    @Test
    void keystore_folderInsteadOfAFile_isReportedInOneLine() {
        assertEquals(
                "kms-jca: " + folder + " is a folder; name a keystore file\n",
                Commands.run("pubkey --keystore " + folder + " x")
                        .requireCode(1)
                        .err());
    }
}
