package io.github.kmsjca.emulator.contract;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jcajce.provider.asymmetric.ec.BCECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Verifies signatures without KMS. It uses the JDK, and Bouncy Castle for algorithms and curves that not every JDK has.
 */
final class SoftwareVerifier {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private SoftwareVerifier() {}

    /**
     * Returns whether a signature is valid.
     *
     * @param algorithm the name of the KMS signing algorithm
     * @param message the message, not its digest, even for ED25519_PH_SHA_512
     */
    static boolean isValid(String algorithm, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = verifier(algorithm, key);
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    static PublicKey publicKey(String spec, byte[] spki) throws GeneralSecurityException {
        return factory(spec).generatePublic(new X509EncodedKeySpec(spki));
    }

    private static KeyFactory factory(String spec) throws GeneralSecurityException {
        return switch (spec) {
            case "ECC_NIST_EDWARDS25519" -> KeyFactory.getInstance("Ed25519", "SunEC");
            case "ECC_SECG_P256K1", "SM2" -> KeyFactory.getInstance("EC", BOUNCY_CASTLE);
            case "ML_DSA_44", "ML_DSA_65", "ML_DSA_87" -> KeyFactory.getInstance("ML-DSA", BOUNCY_CASTLE);
            case "RSA_2048", "RSA_3072", "RSA_4096" -> KeyFactory.getInstance("RSA", "SunRsaSign");
            default -> KeyFactory.getInstance("EC", "SunEC");
        };
    }

    /** Returns the digest of a message for an algorithm whose name ends with the length of a SHA-2 digest. */
    static byte[] digest(String algorithm, byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-" + bits(algorithm)).digest(message);
    }

    static int digestLength(String algorithm) {
        return Integer.parseInt(bits(algorithm)) / 8;
    }

    private static Signature verifier(String algorithm, PublicKey key) throws GeneralSecurityException {
        return switch (algorithm) {
            case "ED25519_SHA_512" -> Signature.getInstance("Ed25519", "SunEC");
            case "ED25519_PH_SHA_512" -> prehashedVerifier();
            case "ML_DSA_SHAKE_256" -> Signature.getInstance("ML-DSA", BOUNCY_CASTLE);
            case "SM2DSA" -> Signature.getInstance("SM3withSM2", BOUNCY_CASTLE);
            default -> digestVerifier(algorithm, key);
        };
    }

    private static Signature prehashedVerifier() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.setParameter(new EdDSAParameterSpec(true));
        return verifier;
    }

    private static Signature digestVerifier(String algorithm, PublicKey key) throws GeneralSecurityException {
        String bits = bits(algorithm);
        if (algorithm.startsWith("ECDSA")) {
            String name = "SHA" + bits + "withECDSA";
            return key instanceof BCECPublicKey
                    ? Signature.getInstance(name, BOUNCY_CASTLE)
                    : Signature.getInstance(name, "SunEC");
        }
        if (algorithm.startsWith("RSASSA_PKCS1")) {
            return Signature.getInstance("SHA" + bits + "withRSA", "SunRsaSign");
        }
        Signature verifier = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        String digest = "SHA-" + bits;
        verifier.setParameter(
                new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), digestLength(algorithm), 1));
        return verifier;
    }

    /** Returns the last three characters of a KMS algorithm name, which are the length of the digest in bits. */
    private static String bits(String algorithm) {
        return algorithm.substring(algorithm.length() - 3);
    }
}
