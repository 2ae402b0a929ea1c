package io.github.kmsjca.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Verifies signatures without our provider: with the JDK if the JDK knows the algorithm and the curve, otherwise with
 * Bouncy Castle.
 */
public final class IndependentVerifier {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private IndependentVerifier() {}

    public static boolean accepts(String algorithm, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        return accepts(algorithm, null, key, message, signature);
    }

    public static boolean accepts(
            String algorithm, AlgorithmParameterSpec parameters, PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Provider provider = provider(algorithm, key);
        Signature engine = Signature.getInstance(algorithm, provider);
        engine.initVerify(provider.getName().equals(BOUNCY_CASTLE.getName()) ? bouncyCastleKey(key) : key);
        if (parameters != null) {
            engine.setParameter(parameters);
        }
        engine.update(message);
        return engine.verify(signature);
    }

    /** Returns the key as an object of Bouncy Castle's class. For ML-DSA, version 1.84 accepts no other class. */
    private static PublicKey bouncyCastleKey(PublicKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance(key.getAlgorithm(), BOUNCY_CASTLE)
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    /** Returns PSS parameters with the same hash for the message and for MGF1. */
    public static PSSParameterSpec pss(String digest, int saltLength) {
        return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltLength, 1);
    }

    private static Provider provider(String algorithm, PublicKey key) {
        return Stream.of("SunRsaSign", "SunEC", "SUN")
                .map(Security::getProvider)
                .filter(jdk -> jdk.getService("Signature", algorithm) != null && !hasCurveUnknownToJdk(key))
                .findFirst()
                .orElse(BOUNCY_CASTLE);
    }

    private static boolean hasCurveUnknownToJdk(PublicKey key) {
        return key instanceof ECPublicKey ec && ec.getParams().toString().contains("secp256k1");
    }
}
