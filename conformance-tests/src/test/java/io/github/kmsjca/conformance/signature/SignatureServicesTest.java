package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the attributes and names of the Signature services, and signatures by keys of a keystore file. */
class SignatureServicesTest {
    private static final Provider PROVIDER = Trials.TARGET.provider();
    private static final TestCa CA = TestCa.named("Test CA");

    static Stream<Trial> trials() {
        return Trials.forThisRun();
    }

    /** Leaves out SM2, because the JDK cannot parse a certificate with an SM2 key. */
    static Stream<Trial> trialsWithCertificates() {
        return Trials.representative().filter(trial -> !trial.row().spec().equals("SM2"));
    }

    @Test
    void keySpecs_ofAllRows_areTheSigningSpecsOfKms() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "RSA_2048",
                        "RSA_3072",
                        "RSA_4096",
                        "ECC_NIST_P256",
                        "ECC_NIST_P384",
                        "ECC_NIST_P521",
                        "ECC_SECG_P256K1",
                        "ECC_NIST_EDWARDS25519",
                        "ML_DSA_44",
                        "ML_DSA_65",
                        "ML_DSA_87",
                        "SM2")),
                SignatureRow.of(PROVIDER).map(SignatureRow::spec).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void sign_anyRow_usesAPublishedKmsAlgorithm(Trial trial) throws GeneralSecurityException {
        KmsEmulator emulator = Trials.emulator();
        trial.sign(trial.message());
        String sent = emulator.requests().of("Sign").get(0).parameters();
        Provider.Service service = PROVIDER.getService("Signature", trial.row().algorithm());
        assertTrue(
                Arrays.stream(service.getAttribute("KmsAlgorithm").split(Pattern.quote("|")))
                        .anyMatch(algorithm -> sent.contains('"' + algorithm + '"')),
                sent);
    }

    /** The provider takes the public key from the certificate, even if the JDK itself cannot parse this key. */
    @ParameterizedTest
    @MethodSource("trialsWithCertificates")
    void sign_keyOfAKeystoreFile_verifiesWithItsCertificate(Trial trial) throws GeneralSecurityException, IOException {
        X509Certificate certificate = CA.issue("release", trial.bouncyCastleKey());
        String text =
                "# AWSKMS keystore 1\n\nalias: release\nkey: " + trial.key().arn() + "\n" + TestCa.pem(certificate);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, PROVIDER);
        store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        PrivateKey key = (PrivateKey) store.getKey("release", null);
        assertEquals(store.getCertificate("release").getPublicKey().getAlgorithm(), key.getAlgorithm());
        Signature engine = trial.engine();
        engine.initSign(key);
        engine.update(trial.message());
        byte[] signature = engine.sign();
        assertTrue(trial.accepts(trial.message(), signature));
        engine.initVerify(store.getCertificate("release"));
        engine.update(trial.message());
        assertTrue(engine.verify(signature));
    }

    @Test
    void getService_aliasOidOrOtherCase_returnsTheAlgorithm() {
        Map<String, String> names = Map.ofEntries(
                Map.entry("1.2.840.113549.1.1.11", "SHA256withRSA"),
                Map.entry("OID.1.2.840.113549.1.1.12", "SHA384withRSA"),
                Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
                Map.entry("SHA256withRSAandMGF1", "SHA256withRSA/PSS"),
                Map.entry("SHA384withRSASSA-PSS", "SHA384withRSA/PSS"),
                Map.entry("RSASSA-PSS/SHA512", "SHA512withRSA/PSS"),
                Map.entry("1.2.840.10045.4.3.1", "SHA224withECDSA"),
                Map.entry("OID.1.2.840.10045.4.3.2", "SHA256withECDSA"),
                Map.entry("1.2.840.10045.4.3.4", "SHA512withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.10", "SHA3-256withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.11", "SHA3-384withECDSA"),
                Map.entry("2.16.840.1.101.3.4.3.12", "SHA3-512withECDSA"),
                Map.entry("1.3.101.112", "Ed25519"),
                Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
                Map.entry("OID.2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
                Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
                Map.entry("1.2.156.10197.1.501", "SM3withSM2"),
                Map.entry("sha256WITHrsa", "SHA256withRSA"));
        names.forEach((name, algorithm) ->
                assertEquals(algorithm, PROVIDER.getService("Signature", name).getAlgorithm()));
    }

    @Test
    void sign_algorithmNamedByOid_isAccepted() throws GeneralSecurityException {
        Trial trial = Trials.named("SHA256withECDSA ECC_NIST_P256");
        Signature engine = Signature.getInstance("OID.1.2.840.10045.4.3.2", PROVIDER);
        engine.initSign(trial.key().handle());
        engine.update(trial.message());
        assertTrue(trial.accepts(trial.message(), engine.sign()));
    }
}
