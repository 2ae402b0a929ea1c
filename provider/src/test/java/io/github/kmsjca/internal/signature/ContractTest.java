package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests unusual parameters and short buffers. Our engines accept parameters of the same classes as the JDK's. */
class ContractTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256_OID = "2.16.840.1.101.3.4.2.1";

    private static Signature engine(String name) throws GeneralSecurityException {
        return Signature.getInstance(name, TestKms.sharedProvider());
    }

    private static ECParameterSpec curve(String spec) {
        return ((ECKey) TestKms.publicKey(spec)).getParams();
    }

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withECDSA", "SHA384withECDSAinP1363Format", "NONEwithECDSA"})
    void ecdsa_parametersOfTheKeysOwnCurve_areAccepted(String name) throws GeneralSecurityException {
        PrivateKey key = TestKms.key("ECC_NIST_P256");
        Signature before = engine(name);
        before.setParameter(curve("ECC_NIST_P256"));
        byte[] signature = TestKms.sign(before, key, MESSAGE);
        Signature after = engine(name);
        after.initVerify(TestKms.publicKey("ECC_NIST_P256"));
        after.setParameter(curve("ECC_NIST_P256"));
        after.update(MESSAGE);
        assertTrue(after.verify(signature));
        assertTrue(IndependentVerifier.accepts(name, TestKms.publicKey("ECC_NIST_P256"), MESSAGE, signature));
    }

    @Test
    void ecdsa_parametersOfAnotherCurve_areRefused() throws GeneralSecurityException {
        PrivateKey key = TestKms.key("ECC_NIST_P256");
        ECParameterSpec other = curve("ECC_NIST_P384");
        Signature before = engine("SHA256withECDSA");
        before.setParameter(other);
        assertThrows(InvalidKeyException.class, () -> before.initSign(key));
        assertThrows(InvalidKeyException.class, () -> before.initVerify(TestKms.publicKey("ECC_NIST_P256")));
        Signature after = engine("SHA256withECDSA");
        after.initSign(key);
        assertThrows(InvalidAlgorithmParameterException.class, () -> after.setParameter(other));
        after.initVerify(TestKms.publicKey("ECC_NIST_P256"));
        assertThrows(InvalidAlgorithmParameterException.class, () -> after.setParameter(other));
    }

    static Stream<AlgorithmParameterSpec> parametersOfAllClasses() {
        return Stream.of(
                new ECGenParameterSpec("secp256r1"),
                IndependentVerifier.pss("SHA-256", 32),
                new EdDSAParameterSpec(false),
                curve("ECC_NIST_P256"));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA, none", "NONEwithRSA, none",
        "SHA256withECDSA, ECParameterSpec", "NONEwithECDSAinP1363Format, ECParameterSpec",
        "Ed25519, EdDSAParameterSpec", "EdDSA, EdDSAParameterSpec",
        "ML-DSA-65, none", "SM3withSM2, none",
        "RSASSA-PSS, PSSParameterSpec", "SHA256withRSA/PSS, PSSParameterSpec"
    })
    void setParameter_beforeTheKey_acceptsOnlyTheRightClass(String name, String accepted)
            throws GeneralSecurityException {
        for (AlgorithmParameterSpec parameters : parametersOfAllClasses().toList()) {
            Signature engine = engine(name);
            // the JDK's parameters of a curve are of a subclass of ECParameterSpec
            boolean isAccepted = List.of(
                            parameters.getClass().getSimpleName(),
                            parameters.getClass().getSuperclass().getSimpleName())
                    .contains(accepted);
            if (isAccepted) {
                engine.setParameter(parameters);
            } else {
                assertThrows(
                        InvalidAlgorithmParameterException.class,
                        () -> engine.setParameter(parameters),
                        name + parameters);
            }
        }
    }

    /** Checks the error for PSS parameters, which the algorithm does not take. */
    private static void assertRefusedBeforeTheKey(String name, String accepted) throws GeneralSecurityException {
        Signature engine = engine(name);
        AlgorithmParameterSpec pss = IndependentVerifier.pss("SHA-256", 32);
        assertEquals(
                name + " takes " + accepted + "; these parameters are of " + PSSParameterSpec.class,
                assertThrows(InvalidAlgorithmParameterException.class, () -> engine.setParameter(pss))
                        .getMessage());
    }

    @Test
    void setParameter_wrongClassBeforeTheKey_errorNamesTheRightClass() throws GeneralSecurityException {
        assertRefusedBeforeTheKey("SHA256withRSA", "no parameters");
        assertRefusedBeforeTheKey("SHA256withECDSA", "only an ECParameterSpec of the key's own curve");
        assertRefusedBeforeTheKey("Ed25519", "only an EdDSAParameterSpec");
    }

    /** As in the JDK, only PSS refuses null. But in JDK 17, NONEwithRSA throws UnsupportedOperationException. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SHA256withRSA", "NONEwithRSA", "SHA256withECDSA", "Ed25519", "EdDSA", "ML-DSA-65", "SM3withSM2"
            })
    void setParameter_null_isAccepted(String name) throws GeneralSecurityException {
        engine(name).setParameter((AlgorithmParameterSpec) null);
    }

    @Test
    void setParameter_nullForPss_isRefused() throws GeneralSecurityException {
        Signature engine = engine("RSASSA-PSS");
        assertThrows(
                InvalidAlgorithmParameterException.class, () -> engine.setParameter((AlgorithmParameterSpec) null));
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA256_OID, "OID." + SHA256_OID, "sha256", "SHA-256"})
    void pss_anyNameOfTheHash_isAccepted(String hash) throws GeneralSecurityException {
        PSSParameterSpec parameters = new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), 32, 1);
        Signature engine = engine("RSASSA-PSS");
        engine.setParameter(parameters);
        byte[] signature = TestKms.sign(engine, TestKms.key("RSA_2048"), MESSAGE);
        assertTrue(IndependentVerifier.accepts(
                "RSASSA-PSS",
                IndependentVerifier.pss("SHA-256", 32),
                TestKms.publicKey("RSA_2048"),
                MESSAGE,
                signature));
    }

    /** The lengths of the longest signatures: RFC 3279 §2.2.3 for DER, IEEE P1363, RFC 8032, FIPS 204. */
    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA, RSA_2048, 256",
        "SHA256withECDSA, ECC_NIST_P256, 72",
        "SHA384withECDSA, ECC_NIST_P384, 104",
        "SHA512withECDSA, ECC_NIST_P521, 139",
        "SHA256withECDSAinP1363Format, ECC_NIST_P256, 64",
        "SHA512withECDSAinP1363Format, ECC_NIST_P521, 132",
        "Ed25519, ECC_NIST_EDWARDS25519, 64",
        "ML-DSA-65, ML_DSA_65, 3309",
        "SM3withSM2, SM2, 72"
    })
    void sign_shortBuffer_isRefusedBeforeTheRequestAndStartsFresh(String name, String spec, int longest)
            throws GeneralSecurityException {
        PrivateKey key = TestKms.key(spec);
        Signature engine = engine(name);
        engine.initSign(key);
        TestKms.reset();
        engine.update("forgotten".getBytes(StandardCharsets.UTF_8));
        byte[] output = new byte[longest + 5];
        assertEquals(
                "the signature can have " + longest + " bytes, and the output has room for " + (longest - 1)
                        + "; nothing was signed",
                assertThrows(SignatureException.class, () -> engine.sign(output, 5, longest - 1))
                        .getMessage());
        assertEquals(List.of(), TestKms.operations());
        engine.update(MESSAGE);
        int length = engine.sign(output, 5, longest);
        byte[] signature = Arrays.copyOfRange(output, 5, 5 + length);
        assertTrue(IndependentVerifier.accepts(name, TestKms.publicKey(spec), MESSAGE, signature));
        assertEquals(List.of("Sign"), TestKms.operations());
    }

    @Test
    void sign_shortBufferForAKeyOfAnotherProvider_isRefusedByThatProvider() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Signature engine = engine("SHA256withRSA");
        engine.initSign(keys.getPrivate());
        engine.update(MESSAGE);
        assertThrows(SignatureException.class, () -> engine.sign(new byte[300], 0, 10));
        engine.update(MESSAGE);
        assertEquals(256, engine.sign(new byte[300], 0, 300));
    }
}
