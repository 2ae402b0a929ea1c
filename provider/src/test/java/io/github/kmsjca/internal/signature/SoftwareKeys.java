package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bouncy Castle key pairs, one for each key spec, and signatures with them. All RSA keys have 2048 bits. */
final class SoftwareKeys {
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final Map<KeySpec, KeyPair> PAIRS = new EnumMap<>(KeySpec.class);

    private SoftwareKeys() {}

    static synchronized KeyPair of(KeySpec spec) {
        return PAIRS.computeIfAbsent(spec, SoftwareKeys::generate);
    }

    private static KeyPair generate(KeySpec spec) {
        try {
            KeyPairGenerator generator;
            switch (spec.family()) {
                case RSA -> {
                    generator = KeyPairGenerator.getInstance("RSA", PROVIDER);
                    generator.initialize(2048);
                }
                case EC, SM2 -> {
                    generator = KeyPairGenerator.getInstance("EC", PROVIDER);
                    generator.initialize(
                            new ECGenParameterSpec(spec.parameters().orElseThrow()));
                }
                case EDDSA, ML_DSA ->
                    generator = KeyPairGenerator.getInstance(spec.parameters().orElseThrow(), PROVIDER);
                default -> throw new IllegalArgumentException(spec.name());
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] sign(SignatureAlgorithm algorithm, KeySpec spec, byte[] message) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm.jcaName(), PROVIDER);
        engine.initSign(of(spec).getPrivate());
        engine.update(message);
        return engine.sign();
    }
}
