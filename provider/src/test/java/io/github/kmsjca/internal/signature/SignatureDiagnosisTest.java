package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The mistakes of servers that imitate KMS. The test makes each of them with a key that the JDK generates. */
class SignatureDiagnosisTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final String HASHED_AGAIN = ": the server hashed the digest again, although the request says that it"
            + " is a digest; set message=raw, for messages of up to 4,096 bytes";
    private static final String NOT_KMS = "; this server does not sign as KMS does: use another algorithm or endpoint";
    private static final KeyPair RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private static final KeyPair EC = pair("EC", new ECGenParameterSpec("secp384r1"));

    @Test
    void pss_saltOfMaximumLength_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(222), MESSAGE);
        assertEquals(": its salt has 222 bytes instead of 32" + NOT_KMS, cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void pss_pkcs1Padding_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA256withRSA", RSA, null, MESSAGE);
        assertEquals(
                ": it is an RSASSA-PKCS1-v1_5 signature instead of RSASSA-PSS" + NOT_KMS,
                cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void pkcs1_pssPadding_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(32), MESSAGE);
        assertEquals(
                ": it is an RSASSA-PSS signature instead of RSASSA-PKCS1-v1_5" + NOT_KMS,
                cause("SHA256withRSA", RSA, answer));
    }

    @Test
    void pkcs1_digestHashedAgain_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA256withRSA", RSA, null, digest("SHA-256"));
        assertEquals(HASHED_AGAIN, cause("SHA256withRSA", RSA, answer));
    }

    @Test
    void pss_digestHashedAgainAndSaltOfMaximumLength_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(222), digest("SHA-256"));
        assertEquals(HASHED_AGAIN, cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void ecdsa_digestHashedAgain_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA384withECDSA", EC, null, digest("SHA-384"));
        assertEquals(HASHED_AGAIN, cause("SHA384withECDSA", EC, answer));
    }

    @Test
    void ecdsa_signatureOfAnotherMessage_hasNoCause() throws GeneralSecurityException {
        byte[] answer = sign("SHA384withECDSA", EC, null, new byte[1]);
        assertEquals(
                "; give the entry the certificate of this key, or name the key of this certificate",
                cause("SHA384withECDSA", EC, answer));
    }

    /** Returns what the error text says after the refusal of an answer. */
    private static String cause(String algorithm, KeyPair pair, byte[] answer) throws GeneralSecurityException {
        String spec = pair == RSA ? "RSA_2048" : "ECC_NIST_P384";
        Provider provider = TestKms.provider();
        String entry = TestKms.entry("release", TestKms.arn(spec), TestKms.certificate(pair.getPublic()));
        PrivateKey key = (PrivateKey) TestKms.file(provider, entry).getKey("release", null);
        String text = Base64.getEncoder().encodeToString(answer);
        TestKms.reset();
        TestKms.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body ->
                                body.replaceFirst("\"Signature\":\"[^\"]*\"", "\"Signature\":\"" + text + "\"")));
        Signature engine = Signature.getInstance(algorithm, provider);
        String refusal = String.valueOf(assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE))
                .getMessage());
        String before = "so it is not returned";
        return refusal.substring(refusal.indexOf(before) + before.length());
    }

    private static byte[] sign(
            String algorithm, KeyPair pair, @Nullable AlgorithmParameterSpec parameters, byte[] message)
            throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm);
        if (parameters != null) {
            engine.setParameter(parameters);
        }
        return TestKms.sign(engine, pair.getPrivate(), message);
    }

    private static byte[] digest(String algorithm) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm).digest(MESSAGE);
    }

    private static PSSParameterSpec pss(int saltLength) {
        return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltLength, 1);
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
