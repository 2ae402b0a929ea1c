package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.control.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code keytool} with KMS keys. */
class KeytoolTest {
    @AutoClose
    private static final Workbench BENCH = Workbench.with(SigningKey.forThisRun());

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder);
    }

    static Stream<SigningKey> keys() {
        return Stream.of(SigningKey.forThisRun());
    }

    static Stream<SigningKey> rsaOrEc() {
        return SuiteExtent.firstOf(SigningKey.RSA_2048, SigningKey.ECC_NIST_P521);
    }

    static Stream<SigningKey> ecOrRsa() {
        return SuiteExtent.firstOf(SigningKey.ECC_NIST_P521, SigningKey.RSA_2048);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void genkeypair_adoptingIntoNewFile_writesTheCertificate(SigningKey key) throws Exception {
        String arn = BENCH.arn(key);

        genkeypair(key, "release.awskms").requireSuccess();

        String text = Files.readString(place.path("release.awskms"));
        assertTrue(text.startsWith("# AWSKMS keystore 1\n\nalias: release\nkey: " + arn + "\n"), text);
        X509Certificate certificate = certificates(text).get(0);
        assertEquals(BENCH.publicKey(arn), certificate.getPublicKey());
        certificate.verify(certificate.getPublicKey());
        assertEquals(key.defaultSignatureAlgorithm(), certificate.getSigAlgName());
    }

    @Test
    void genkeypair_adoptingIntoNewFile_requestsOnlyPublicKeyAndSignature() {
        BENCH.emulator().faults().add(Fault.on("ListAliases").always().accessDenied());

        genkeypair(SigningKey.ECC_NIST_P256, "release.awskms").requireSuccess();

        assertEquals(List.of("GetPublicKey", "Sign"), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void genkeypair_creatingIntoNewFile_createsKeyAliasAndCertificate() throws Exception {
        place.withSettings("create=true")
                .keytool(Workbench.genkeypair("made", "EC", "made.awskms"))
                .requireSuccess();

        assertEquals(List.of("CreateKey", "GetPublicKey", "Sign", "CreateAlias"), BENCH.requests());
        X509Certificate certificate =
                certificates(Files.readString(place.path("made.awskms"))).get(0);
        assertEquals(BENCH.publicKey("alias/made"), certificate.getPublicKey());
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void genkeypair_creatingWithoutFile_writesTheCertificateToTags() throws Exception {
        place.withSettings("create=true;certificate-tags=write")
                .keytool(Workbench.genkeypair("alias/kept", "EC", "NONE"))
                .requireSuccess();

        String text = place.withSettings("certificate-tags=read")
                .keytool("-exportcert -rfc -alias alias/kept -keystore NONE -storetype AWSKMS -protected")
                .requireSuccess()
                .output();
        assertEquals(BENCH.publicKey("alias/kept"), certificates(text).get(0).getPublicKey());
    }

    @Test
    void genkeypair_creatingWithAliasInUse_namesTheKeyAndAddsNoEntry() {
        String taken = SigningKey.ECC_NIST_P256.alias().substring("alias/".length());

        ToolResult result =
                place.withSettings("create=true").keytool(Workbench.genkeypair(taken, "EC", "taken.awskms"));

        assertEquals(1, result.exitCode());
        assertTrue(
                result.output().contains("keytool error: java.security.KeyStoreException: KMS created key arn:"),
                result.output());
        assertTrue(result.output().contains("AlreadyExistsException"), result.output());
        assertTrue(Files.notExists(place.path("taken.awskms")));
    }

    /**
     * The file that the command {@code java-security} writes puts our provider behind the JDK's providers. So keytool
     * gets our generator only because its option {@code -providername} names our provider.
     */
    @Test
    void genkeypair_registeredByJavaSecurityCommand_adoptsTheKey() throws Exception {
        SigningKey key = SigningKey.RSA_2048;
        place.java("-jar " + Workplace.allJar() + " java-security --out kms.security --settings adopt=" + key.alias())
                .requireSuccess();

        place.withOptions(place.vmOptions())
                .withVmOptions("-Djava.security.properties=kms.security")
                .keytool(Workbench.genkeypair("release", key.algorithm(), "release.awskms"))
                .requireSuccess();

        X509Certificate certificate =
                certificates(Files.readString(place.path("release.awskms"))).get(0);
        assertEquals(BENCH.publicKey(BENCH.arn(key)), certificate.getPublicKey());
    }

    private ToolResult genkeypair(SigningKey key, String file) {
        return place.withSettings("adopt=" + key.alias())
                .keytool(Workbench.genkeypair("release", key.algorithm(), file));
    }

    @Test
    void genkeypair_adoptingIntoExistingFile_keepsTheOtherEntries() throws Exception {
        KeystoreText before = KeystoreText.empty()
                .with("\n# our CA\nregion: us-east-1\n")
                .trusted("ca", BENCH.ca().certificate());
        before.writeTo(place.path("release.awskms"));

        genkeypair(SigningKey.ECC_NIST_P256, "release.awskms").requireSuccess();

        String after = Files.readString(place.path("release.awskms"));
        assertTrue(after.startsWith(before.text() + "\nalias: release\nkey: arn:"), after);
        assertEquals(2, certificates(after).size());
    }

    @ParameterizedTest
    @MethodSource("rsaOrEc")
    void list_fileWithoutStoretype_showsTheChainWithoutRequests(SigningKey key) {
        BENCH.keystore(key).writeTo(place.path("release.awskms"));

        String output = place.keytool("-list -v -keystore release.awskms -protected")
                .requireSuccess()
                .output();

        assertTrue(output.contains("Keystore type: AWSKMS"), output);
        assertTrue(output.contains("Alias name: release"), output);
        assertTrue(output.contains("Entry type: PrivateKeyEntry"), output);
        assertTrue(output.contains("Certificate chain length: 2"), output);
        assertTrue(output.contains("Owner: CN=release"), output);
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void list_withoutVerboseOrRfc_namesTheKindsOfEntries() {
        BENCH.keystore(SigningKey.RSA_2048)
                .trusted("ca", BENCH.ca().certificate())
                .writeTo(place.path("release.awskms"));

        String output = place.keytool("-list -keystore release.awskms -storetype AWSKMS -protected")
                .requireSuccess()
                .output();

        assertTrue(output.contains("Your keystore contains 2 entries"), output);
        assertTrue(output.lines().anyMatch(line -> line.matches("release, .*, PrivateKeyEntry, ?")), output);
        assertTrue(output.lines().anyMatch(line -> line.matches("ca, .*, trustedCertEntry, ?")), output);
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void list_rfc_printsTheChain() throws Exception {
        BENCH.keystore(SigningKey.RSA_2048).writeTo(place.path("release.awskms"));

        String output = place.keytool("-list -rfc -keystore release.awskms -protected")
                .requireSuccess()
                .output();

        X509Certificate leaf = BENCH.certificate(SigningKey.RSA_2048);
        assertEquals(List.of(leaf, BENCH.ca().certificate()), certificates(output));
    }

    @Test
    void list_keystoreNone_namesTheAliasesOfTheAccount() {
        String output = place.keytool("-list -keystore NONE -storetype AWSKMS -protected")
                .requireSuccess()
                .output();

        assertTrue(output.lines().anyMatch(line -> line.startsWith("alias/RSA_2048, ")), output);
        assertEquals(List.of("ListAliases"), BENCH.requests());
    }

    @ParameterizedTest
    @MethodSource("ecOrRsa")
    void importcert_certificateIssuedForCertreq_givesTheEntryItsChain(SigningKey key) throws Exception {
        String arn = BENCH.arn(key);
        BENCH.ca().writeKeyStore(place.path("ca.p12"));
        KeystoreText.empty()
                .key("release", arn, BENCH.certificate(arn))
                .trusted("ca", BENCH.ca().certificate())
                .writeTo(place.path("release.awskms"));

        String store = " -alias release -keystore release.awskms -storepass ''";
        place.keytool("-certreq -file release.csr" + store).requireSuccess();
        assertEquals(List.of("Sign"), BENCH.requests());
        place.keytool("-gencert -alias ca -infile release.csr -outfile release.crt -keystore ca.p12 -storepass "
                        + TestCa.PASSWORD)
                .requireSuccess();
        place.keytool("-importcert -noprompt -file release.crt" + store).requireSuccess();

        // the chain of the key entry, followed by the trusted certificate of the CA
        List<X509Certificate> inFile = certificates(Files.readString(place.path("release.awskms")));
        assertEquals(3, inFile.size());
        assertEquals(BENCH.publicKey(arn), inFile.get(0).getPublicKey());
        inFile.get(0).verify(BENCH.ca().certificate().getPublicKey());
        assertEquals(BENCH.ca().certificate(), inFile.get(1));
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @ParameterizedTest
    @MethodSource("rsaOrEc")
    void gencert_keyOfACaInKms_issuesACertificateWithOneRequest(SigningKey key) throws Exception {
        String arn = BENCH.arn(key);
        BENCH.keystore(key).writeTo(place.path("ca.awskms"));
        KeyPair subject = writeRequest(place.path("subject.csr"));

        place.keytool("-gencert -rfc -alias release -infile subject.csr -outfile subject.crt"
                        + " -keystore ca.awskms -storepass ''")
                .requireSuccess();

        X509Certificate issued =
                certificates(Files.readString(place.path("subject.crt"))).get(0);
        assertEquals(subject.getPublic(), issued.getPublicKey());
        issued.verify(BENCH.publicKey(arn));
        assertEquals(key.defaultSignatureAlgorithm(), issued.getSigAlgName());
        assertEquals(List.of("Sign"), BENCH.requests());
    }

    @Test
    void importcert_trustedCertificate_addsEntry() throws Exception {
        KeystoreText before = BENCH.keystore(SigningKey.ECC_NIST_P256);
        before.writeTo(place.path("release.awskms"));
        Files.writeString(place.path("ca.pem"), TestCa.pem(BENCH.ca().certificate()));

        place.keytool("-importcert -noprompt -alias ca -file ca.pem -keystore release.awskms -protected")
                .requireSuccess();

        assertEquals(
                before.trusted("ca", BENCH.ca().certificate()).text(), Files.readString(place.path("release.awskms")));
    }

    @Test
    void importcert_trustedCertificateIntoNewFile_writesOnlyThisCertificate() throws Exception {
        Files.writeString(place.path("ca.pem"), TestCa.pem(BENCH.ca().certificate()));

        place.keytool("-importcert -noprompt -alias ca -file ca.pem"
                        + " -keystore release.awskms -storetype AWSKMS -protected")
                .requireSuccess();

        assertEquals(
                KeystoreText.empty().trusted("ca", BENCH.ca().certificate()).text(),
                Files.readString(place.path("release.awskms")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void exportcert_entry_writesTheLeaf() throws Exception {
        BENCH.keystore(SigningKey.ECC_NIST_P256).writeTo(place.path("release.awskms"));

        place.keytool("-exportcert -rfc -alias release -file leaf.pem -keystore release.awskms -protected")
                .requireSuccess();

        assertEquals(
                List.of(BENCH.certificate(SigningKey.ECC_NIST_P256)),
                certificates(Files.readString(place.path("leaf.pem"))));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void changealias_entry_changesOnlyTheLineWithTheAlias() throws Exception {
        KeystoreText before = BENCH.keystore(SigningKey.ECC_NIST_P256)
                .afterFirstLine("\n# of our releases, see the wiki")
                .trusted("ca", BENCH.ca().certificate());
        before.writeTo(place.path("release.awskms"));

        place.keytool("-changealias -alias release -destalias release-2 -keystore release.awskms -protected")
                .requireSuccess();

        assertEquals(
                before.text().replace("alias: release\n", "alias: release-2\n"),
                Files.readString(place.path("release.awskms")));
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void delete_entry_removesItFromTheFileAndKeepsTheKey() throws Exception {
        KeystoreText others = KeystoreText.empty().trusted("ca", BENCH.ca().certificate());
        String arn = BENCH.arn(SigningKey.ECC_NIST_P256);
        others.key("release", arn, BENCH.certificate(arn)).writeTo(place.path("release.awskms"));

        place.keytool("-delete -alias release -keystore release.awskms -protected")
                .requireSuccess();

        assertEquals(others.text(), Files.readString(place.path("release.awskms")));
        assertEquals(List.of(), BENCH.requests());
    }

    /** Returns the certificates in PEM that a text contains. */
    private static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (String block : text.split("(?=-----BEGIN CERTIFICATE-----)", -1)) {
            if (block.startsWith("-----BEGIN")) {
                InputStream in = new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII));
                certificates.add((X509Certificate) factory.generateCertificate(in));
            }
        }
        return certificates;
    }

    /** Writes a certificate request for a new key in memory, and returns the key. */
    private static KeyPair writeRequest(Path file)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            pem.writeObject(new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=subject"), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        }
        return keys;
    }
}
