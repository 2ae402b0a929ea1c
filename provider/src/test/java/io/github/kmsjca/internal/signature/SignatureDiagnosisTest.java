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
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tests the error texts for wrong signatures from servers that imitate KMS. Most tests make the wrong signature with a
 * key from the JDK or Bouncy Castle.
 */
class SignatureDiagnosisTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final String NOT_KMS = "This server does not sign as KMS does: use another algorithm or endpoint";
    private static final String HASHED_AGAIN_WITHOUT_REMEDY =
            ". The server hashed the digest again, although the request says that it is a digest. ";
    private static final String HASHED_AGAIN =
            HASHED_AGAIN_WITHOUT_REMEDY + "For messages of up to 4,096 bytes, set message=raw";

    /** The longest salt with an RSA_2048 key and SHA-256 (RFC 8017 §9.1.1). */
    private static final int MAX_SALT = 222;

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final KeyPair RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    private static final KeyPair EC = pair("EC", new ECGenParameterSpec("secp384r1"));

    @Test
    void pss_saltOfMaximumLength_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(MAX_SALT), MESSAGE);
        assertEquals(". Its salt has 222 bytes instead of 32. " + NOT_KMS, cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void pss_pkcs1Padding_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA256withRSA", RSA, null, MESSAGE);
        assertEquals(
                ". It is an RSASSA-PKCS1-v1_5 signature instead of RSASSA-PSS. " + NOT_KMS,
                cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void pkcs1_pssPadding_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(32), MESSAGE);
        assertEquals(
                ". It is an RSASSA-PSS signature instead of RSASSA-PKCS1-v1_5. " + NOT_KMS,
                cause("SHA256withRSA", RSA, answer));
    }

    @Test
    void pkcs1_digestHashedAgain_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA256withRSA", RSA, null, digest("SHA-256"));
        assertEquals(HASHED_AGAIN, cause("SHA256withRSA", RSA, answer));
    }

    @Test
    void pss_digestHashedAgainAndSaltOfMaximumLength_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("RSASSA-PSS", RSA, pss(MAX_SALT), digest("SHA-256"));
        assertEquals(HASHED_AGAIN, cause("SHA256withRSA/PSS", RSA, answer));
    }

    @Test
    void ecdsa_digestHashedAgain_isNamed() throws GeneralSecurityException {
        byte[] answer = sign("SHA384withECDSA", EC, null, digest("SHA-384"));
        assertEquals(HASHED_AGAIN, cause("SHA384withECDSA", EC, answer));
    }

    /** With message=raw, KMS would hash the message with SHA-384, not with the hash of the algorithm. */
    @Test
    void ecdsaWithFittedHash_digestHashedAgain_doesNotNameMessageRaw() throws GeneralSecurityException {
        byte[] sent = EcdsaConversion.fit(digest("SHA-512"), 48);
        byte[] answer = sign("SHA384withECDSA", EC, null, sent);
        assertEquals(HASHED_AGAIN_WITHOUT_REMEDY + NOT_KMS, cause("SHA512withECDSA", EC, answer));
    }

    /** The server hashes the message representative as if it were the message. */
    @Test
    void mlDsa_representativeHashedAgain_isNamed() throws GeneralSecurityException {
        KeyPair pair = bouncyCastlePair("ML-DSA-65");
        byte[] mu = mu(pair.getPublic(), MESSAGE);
        byte[] answer = bouncyCastleSign("ML-DSA-65", pair, mu);
        assertEquals(HASHED_AGAIN, cause("ML-DSA-65", pair, "ML_DSA_65", answer));
    }

    @Test
    void ecdsa_signatureOfAnotherMessage_namesOnlyTheCertificate() throws GeneralSecurityException {
        byte[] answer = sign("SHA384withECDSA", EC, null, new byte[1]);
        assertEquals(
                "; give the entry the certificate of this key, or correct the line 'key:' of the entry",
                cause("SHA384withECDSA", EC, answer));
    }

    @Test
    void ecdsa_digestHashedAgainAndNoCertificate_namesThePublicKeyOfKms() throws GeneralSecurityException {
        String arn = TestKms.arn("ECC_NIST_P384");
        PrivateKey key = TestKms.key(TestKms.sharedProvider(), arn);
        Signature hashingAgain = Signature.getInstance("SHA384withECDSA", TestKms.sharedProvider());
        answerWith(TestKms.sign(hashingAgain, key, digest("SHA-384")));
        Signature engine = Signature.getInstance("SHA384withECDSA", TestKms.provider());
        assertEquals(
                "the signature that KMS made with key " + arn + " does not verify with the public key that KMS itself"
                        + " returned for this key, so the signature is not returned" + HASHED_AGAIN,
                assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE))
                        .getMessage());
    }

    private static String cause(String algorithm, KeyPair pair, byte[] answer) throws GeneralSecurityException {
        return cause(algorithm, pair, pair == RSA ? "RSA_2048" : "ECC_NIST_P384", answer);
    }

    /** Returns the text that follows "so the signature is not returned" in the error text. */
    private static String cause(String algorithm, KeyPair pair, String spec, byte[] answer)
            throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        String entry = TestKms.entry("release", TestKms.arn(spec), TestKms.certificate(pair.getPublic()));
        PrivateKey key = (PrivateKey) TestKms.file(provider, entry).getKey("release", null);
        answerWith(answer);
        Signature engine = Signature.getInstance(algorithm, provider);
        String refusal = String.valueOf(assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE))
                .getMessage());
        String refused = "so the signature is not returned";
        return refusal.substring(refusal.indexOf(refused) + refused.length());
    }

    private static void answerWith(byte[] signature) {
        String text = Base64.getEncoder().encodeToString(signature);
        TestKms.reset();
        TestKms.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body ->
                                body.replaceFirst("\"Signature\":\"[^\"]*\"", "\"Signature\":\"" + text + "\"")));
    }

    /** Computes the message representative of ML-DSA (FIPS 204 §6.2). */
    private static byte[] mu(PublicKey key, byte[] message) {
        byte[] encoded = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
        byte[] tr = shake(encoded);
        byte[] input = Arrays.concatenate(tr, new byte[2], message);
        return shake(input);
    }

    private static byte[] shake(byte[] input) {
        SHAKEDigest shake = new SHAKEDigest(256);
        shake.update(input, 0, input.length);
        byte[] output = new byte[64];
        shake.doFinal(output, 0, output.length);
        return output;
    }

    private static byte[] bouncyCastleSign(String algorithm, KeyPair pair, byte[] message)
            throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance(algorithm, BOUNCY_CASTLE), pair.getPrivate(), message);
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

    private static KeyPair bouncyCastlePair(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE).generateKeyPair();
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
