package io.github.kmsjca.conformance.coexistence;

import io.github.kmsjca.KmsProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Key pairs in memory: of the usual kinds that this JDK generates, and some from Bouncy Castle. */
record SoftwareKeys(Map<String, KeyPair> pairs) {
    static SoftwareKeys generate() {
        Map<String, KeyPair> pairs = new LinkedHashMap<>();
        try {
            pairs.put("RSA", generator("RSA", 2048).generateKeyPair());
            pairs.put("RSASSA-PSS", generator("RSASSA-PSS", 2048).generateKeyPair());
            pairs.put("DSA", generator("DSA", 2048).generateKeyPair());
            pairs.put("EC", generator("EC", 256).generateKeyPair());
            for (String name : new String[] {"Ed25519", "Ed448", "X25519", "ML-DSA-65"}) {
                generatorIfAny(name).ifPresent(generator -> pairs.put(name, generator.generateKeyPair()));
            }
            Provider bouncyCastle = new BouncyCastleProvider();
            for (String curve : new String[] {"secp256r1", "secp256k1", "sm2p256v1"}) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", bouncyCastle);
                generator.initialize(new ECGenParameterSpec(curve));
                pairs.put("BC " + curve, generator.generateKeyPair());
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return new SoftwareKeys(pairs);
    }

    /** Returns an ML-KEM key pair from Bouncy Castle, and one of the generator that the JCA chooses, if any. */
    static List<KeyPair> mlKemPairs() {
        try {
            return Stream.concat(
                            Stream.of(KeyPairGenerator.getInstance("ML-KEM-768", new BouncyCastleProvider())),
                            generatorIfAny("ML-KEM-768").stream())
                    .map(KeyPairGenerator::generateKeyPair)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPairGenerator generator(String name, int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
        generator.initialize(bits);
        return generator;
    }

    /** Returns the generator that the JCA chooses; empty if there is none, or if it is ours. */
    private static Optional<KeyPairGenerator> generatorIfAny(String name) {
        try {
            return Optional.of(KeyPairGenerator.getInstance(name))
                    .filter(generator -> !generator.getProvider().getName().equals(KmsProvider.NAME));
        } catch (NoSuchAlgorithmException olderJdk) {
            return Optional.empty();
        }
    }
}
