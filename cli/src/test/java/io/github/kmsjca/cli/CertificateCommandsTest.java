package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.cli.Commands.Result;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The output of {@code certreq}, {@code selfsign} and {@code pubkey}, checked by Bouncy Castle and the JDK, and the
 * errors of these and other commands.
 */
class CertificateCommandsTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String CA_WITHOUT_USAGE =
            "--ca and --key-usage keyCertSign need each other; give both or neither";
    private static final String WRONG_DAYS =
            "--days must be at least 1, and the certificate must expire before the year 10000";
    private static final String EMPTY_SUBJECT =
            "--subject cannot be empty, because a self-signed certificate also needs it as the issuer";
    private static final JcaContentVerifierProviderBuilder VERIFIER =
            new JcaContentVerifierProviderBuilder().setProvider(new BouncyCastleProvider());

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static PKCS10CertificationRequest request(String pem) throws IOException {
        return new PKCS10CertificationRequest(der(pem));
    }

    private static byte[] der(String pem) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            return reader.readPemObject().getContent();
        }
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, '', 1.2.840.113549.1.1.11",
        "RSA_2048, SHA512withRSA, 1.2.840.113549.1.1.13",
        "RSA_2048, SHA384withRSA/PSS, 1.2.840.113549.1.1.10",
        "RSA_2048, sha256withrsaandmgf1, 1.2.840.113549.1.1.10",
        "ECC_NIST_P256, '', 1.2.840.10045.4.3.2",
        "ECC_NIST_P384, '', 1.2.840.10045.4.3.3",
        "ECC_NIST_P521, '', 1.2.840.10045.4.3.4",
        "ECC_NIST_P521, SHA3-256withECDSA, 2.16.840.1.101.3.4.3.10",
        "ECC_SECG_P256K1, '', 1.2.840.10045.4.3.2",
        "ECC_NIST_EDWARDS25519, '', 1.3.101.112",
        "ML_DSA_44, '', 2.16.840.1.101.3.4.3.17",
        "ML_DSA_65, '', 2.16.840.1.101.3.4.3.18",
        "ML_DSA_87, '', 2.16.840.1.101.3.4.3.19",
        "SM2, '', 1.2.156.10197.1.501"
    })
    void certreqAndSelfsign_keyAndAlgorithm_areUsed(String spec, String algorithm, String oid) throws Exception {
        String[] more = algorithm.isEmpty() ? new String[0] : new String[] {"--algorithm", algorithm};
        String words = " --subject CN=x " + TestKms.arn(spec);
        PKCS10CertificationRequest request =
                request(Commands.run("certreq" + words, more).requireCode(0).out());
        assertTrue(request.isSignatureValid(VERIFIER.build(request.getSubjectPublicKeyInfo())));
        assertEquals(oid, request.getSignatureAlgorithm().getAlgorithm().getId());
        assertArrayEquals(
                TestKms.publicKey(spec).getEncoded(),
                request.getSubjectPublicKeyInfo().getEncoded());

        X509CertificateHolder certificate = new X509CertificateHolder(
                der(Commands.run("selfsign" + words, more).requireCode(0).out()));
        assertTrue(certificate.isSignatureValid(VERIFIER.build(certificate.getSubjectPublicKeyInfo())));
        assertEquals(oid, certificate.getSignatureAlgorithm().getAlgorithm().getId());
        assertArrayEquals(
                TestKms.publicKey(spec).getEncoded(),
                certificate.getSubjectPublicKeyInfo().getEncoded());
    }

    @Test
    void certreq_options_becomeSubjectAndExtensionsOfTheRequest() throws Exception {
        String pem = Commands.run(
                        "certreq --san dns:a.example,ip:10.0.0.1,email:a@b.example,uri:https://c.example"
                                + " --key-usage digitalSignature,nonRepudiation --extended-key-usage codeSigning "
                                + TestKms.arn(P256),
                        "--subject",
                        "CN=Release, O=Example Ltd")
                .requireCode(0)
                .out();
        PKCS10CertificationRequest request = request(pem);
        assertEquals("O=Example Ltd,CN=Release", request.getSubject().toString());
        Extensions extensions = request.getRequestedExtensions();
        assertEquals(
                List.of("a.example", "#0a000001", "a@b.example", "https://c.example"),
                Arrays.stream(GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)
                                .getNames())
                        .map(name -> name.getName().toString())
                        .toList());
        assertEquals(
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation), KeyUsage.fromExtensions(extensions));
        assertTrue(ExtendedKeyUsage.fromExtensions(extensions).hasKeyPurposeId(KeyPurposeId.id_kp_codeSigning));
        assertEquals(List.of("GetPublicKey", "Sign"), TestKms.operations());
    }

    @Test
    void selfsign_caKeyUsageAndDays_areInTheCertificate() throws Exception {
        Path file = folder.resolve("ca.pem");
        Commands.run("selfsign --ca --key-usage keyCertSign,cRLSign --days 10 --subject CN=ca --out " + file + " "
                        + TestKms.arn(P256))
                .requireCode(0);
        X509Certificate certificate = certificate(Files.readString(file));
        certificate.verify(TestKms.publicKey(P256));
        certificate.checkValidity();
        assertEquals(
                Duration.ofDays(10),
                Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
        // a CA certificate without a limit for the length of paths
        assertEquals(Integer.MAX_VALUE, certificate.getBasicConstraints());
        assertEquals(
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
                KeyUsage.fromExtensions(new X509CertificateHolder(certificate.getEncoded()).getExtensions()));
    }

    @Test
    void selfsign_twice_hasDifferentSerialNumbers() throws Exception {
        String words = "selfsign --subject CN=x " + TestKms.arn(P256);
        X509Certificate first = certificate(Commands.run(words).out());
        X509Certificate second = certificate(Commands.run(words).out());
        assertNotEquals(first.getSerialNumber(), second.getSerialNumber());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "selfsign --ca --subject CN=x KEY | " + CA_WITHOUT_USAGE,
                "selfsign --key-usage keyCertSign --subject CN=x KEY | " + CA_WITHOUT_USAGE,
                "selfsign --days 0 --subject CN=x KEY | " + WRONG_DAYS,
                "selfsign --days 2999999 --subject CN=x KEY | " + WRONG_DAYS,
                "certreq --key-usage keyCertSign --subject CN=x KEY | " + CA_WITHOUT_USAGE,
                "certreq --subject= KEY | an empty --subject needs a name in --san",
                "selfsign --subject= KEY | " + EMPTY_SUBJECT,
                "selfsign --subject= --san dns:a.example KEY | " + EMPTY_SUBJECT,
                "certreq --subject x KEY | Invalid value for option '--subject': 'x' is not a distinguished name such"
                        + " as \"CN=Release, O=Example Ltd\"",
                "certreq --subject CN=x --san a.example KEY | Invalid value for option '--san' (dns:NAME): 'a.example'"
                        + " is not a valid name; write it like one of dns:host.example, ip:192.0.2.1,"
                        + " email:name@host.example, uri:https://host.example",
                "certreq KEY | Missing required option: '--subject=NAME'; 'kms-jca certreq --help' lists the"
                        + " options"
            })
    void options_invalidOrIncompatibleOrMissing_areRefusedInOneLine(String words, String text) {
        Result result = Commands.run(words.replace("KEY", TestKms.arn(P256))).requireCode(2);
        assertEquals("kms-jca: " + text + "\n", result.err());
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @CsvSource({
        "dns:, dns:host.example",
        "dns:m\u00fcller.example, dns:host.example",
        "dns:a b, dns:host.example",
        "ip:10.0.0.0/8, ip:192.0.2.1",
        "ip:10.0.0, ip:192.0.2.1",
        "ip:host, ip:192.0.2.1",
        "email:a, email:name@host.example",
        "uri:x, uri:https://host.example",
        "uri:https://m\u00fcller.example, uri:https://host.example"
    })
    void alternativeName_invalid_errorShowsAValidName(String name, String valid) {
        String error = Commands.run("certreq", "--subject=CN=x", "--san=" + name, TestKms.arn(P256))
                .requireCode(2)
                .err();
        assertTrue(error.contains("'" + name + "' is not a valid name; write it like " + valid), error);
    }

    @Test
    void certreq_emptySubject_marksTheAlternativeNamesAsCritical() throws Exception {
        PKCS10CertificationRequest request = request(Commands.run(
                        "certreq --subject= --ca --key-usage keyCertSign --san ip:2001:db8::1 " + TestKms.arn(P256))
                .requireCode(0)
                .out());
        assertEquals(0, request.getSubject().getRDNs().length);
        Extensions extensions = request.getRequestedExtensions();
        assertTrue(extensions.getExtension(Extension.subjectAlternativeName).isCritical());
        assertTrue(BasicConstraints.fromExtensions(extensions).isCA());
    }

    @Test
    void pubkey_entryWithTheWrongCertificate_writesTheKmsPublicKey() throws Exception {
        Path file = folder.resolve("release.awskms");
        Files.writeString(
                file, TestKms.fileText(TestKms.entry("release", TestKms.arn(P256), TestCertificates.selfSigned("x"))));
        String pem = Commands.run("pubkey --keystore " + file + " release")
                .requireCode(0)
                .out();
        assertArrayEquals(TestKms.publicKey(P256).getEncoded(), der(pem));
    }

    @Test
    void noCommand_printsTheUsageAsAnError() {
        StringWriter err = new StringWriter();
        assertEquals(2, Main.commandLine().setErr(new PrintWriter(err, true)).execute());
        assertTrue(err.toString().startsWith("Usage: kms-jca"), err::toString);
    }

    @Test
    void certreq_algorithmOfAnotherKeySpec_listsTheAlgorithmsOfTheKey() {
        Result result = Commands.run("certreq --subject CN=x --algorithm SHA256withRSA " + TestKms.arn(P256))
                .requireCode(1);
        assertEquals(
                "kms-jca: an ECC_NIST_P256 key cannot sign certificates with SHA256withRSA; possible algorithms:"
                        + " SHA224withECDSA, SHA256withECDSA, SHA384withECDSA, SHA512withECDSA, SHA3-256withECDSA,"
                        + " SHA3-384withECDSA, SHA3-512withECDSA\n",
                result.err());
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    @Test
    void certreq_keyThatCannotSign_namesTheKeySpec() {
        String kemKey = TestKms.emulator().createKey("ML_KEM_768", "ENCAPSULATE_DECAPSULATE", "alias/request-for-kem");
        assertEquals(
                "kms-jca: an ML_KEM_768 key cannot sign certificates; name another key\n",
                Commands.run("certreq --subject CN=x " + kemKey).requireCode(1).err());
    }

    @Test
    void pubkey_keyArn_writesTheKmsPublicKey() throws Exception {
        byte[] der =
                der(Commands.run("pubkey " + TestKms.arn(P256)).requireCode(0).out());
        assertArrayEquals(TestKms.publicKey(P256).getEncoded(), der);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubkey", "policy", "selfsign --subject CN=x", "certreq --subject CN=x"})
    void commands_unknownAlias_sayHowToListTheAliases(String words) {
        String error = Commands.run(words + " alias/nowhere").requireCode(1).err();
        assertTrue(error.contains("; 'kms-jca list' lists the aliases [request id "), error);
    }

    /** {@code list} lists the aliases of the caller's own account, in one Region. */
    @Test
    void pubkey_unknownAliasArn_doesNotSayHowToListTheAliases() {
        String error = Commands.run("pubkey arn:aws:kms:us-east-1:111122223333:alias/nowhere")
                .requireCode(1)
                .err();
        assertTrue(error.contains("NotFoundException") && !error.contains("lists the aliases"), error);
    }

    @Test
    void pubkey_invalidKey_suggestsTheAliasOfAKmsKey() {
        assertEquals(
                "kms-jca: 'nonsense' is not a key id, key ARN, alias/NAME or alias ARN, and there is no setting"
                        + " key.nonsense; if it is the alias of a KMS key, write alias/nonsense\n",
                Commands.run("pubkey nonsense").requireCode(1).err());
    }

    @Test
    void command_misspelt_suggestsTheNearestInOneLine() {
        Result result = Commands.run("pubkye x").requireCode(2);
        assertTrue(
                result.err().startsWith("kms-jca: ") && result.err().contains("did you mean pubkey"), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
    }

    @Test
    void command_unknownAndNotSimilar_isRefusedWithoutSuggestion() {
        String error = Commands.run("frobnicate").requireCode(2).err();
        assertTrue(error.startsWith("kms-jca: ") && !error.contains("did you mean"), error);
    }
}
