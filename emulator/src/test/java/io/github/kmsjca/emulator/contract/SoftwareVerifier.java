package io.github.kmsjca.emulator.contract;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jcajce.provider.asymmetric.ec.BCECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verifies signatures without the service: with the JDK, and with Bouncy Castle for secp256k1, which it has not. */
final class SoftwareVerifier {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private SoftwareVerifier() {}

    static boolean isValid(String algorithm, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = verifier(algorithm, key);
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    static PublicKey publicKey(String spec, byte[] spki) throws GeneralSecurityException {
        KeyFactory factory = spec.startsWith("RSA")
                ? KeyFactory.getInstance("RSA", "SunRsaSign")
                : spec.equals("ECC_SECG_P256K1")
                        ? KeyFactory.getInstance("EC", BOUNCY_CASTLE)
                        : KeyFactory.getInstance("EC", "SunEC");
        return factory.generatePublic(new X509EncodedKeySpec(spki));
    }

    static byte[] digest(String algorithm, byte[] message) throws GeneralSecurityException {
        return java.security.MessageDigest.getInstance("SHA-" + bits(algorithm)).digest(message);
    }

    static int digestLength(String algorithm) {
        return Integer.parseInt(bits(algorithm)) / 8;
    }

    private static Signature verifier(String algorithm, PublicKey key) throws GeneralSecurityException {
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

    private static String bits(String algorithm) {
        return algorithm.substring(algorithm.length() - 3);
    }
}
