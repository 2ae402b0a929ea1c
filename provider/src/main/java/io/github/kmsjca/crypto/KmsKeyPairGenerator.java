package io.github.kmsjca.crypto;

import io.github.kmsjca.algorithm.KeyPairAlgorithm;
import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.config.Configuration;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSession;
import io.github.kmsjca.key.KmsSessions;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The KeyPairGenerator of a kind of key. It hands out the existing KMS key that the setting {@code adopt} names, which
 * is how {@code keytool -genkeypair} gives a key its first certificate; with {@code create=true} it makes a key in KMS.
 * With neither it refuses, so that the JCA goes on to the provider that makes keys in memory.
 */
public final class KmsKeyPairGenerator extends KeyPairGeneratorSpi {
    private final KeyPairAlgorithm algorithm;
    private final Configuration configuration;
    private final KmsSessions sessions;
    private @Nullable KeySpec wanted;

    /** Makes a generator; no I/O. */
    public KmsKeyPairGenerator(KeyPairAlgorithm algorithm, Configuration configuration, KmsSessions sessions) {
        this.algorithm = algorithm;
        this.configuration = configuration;
        this.sessions = sessions;
    }

    /** An adopted key is what it is: keytool always asks for a size, its own default if the user named none. */
    @Override
    public void initialize(int keySize, SecureRandom random) {
        KmsSettings settings = requireSource();
        if (settings.adopt().isEmpty()) {
            wanted = algorithm
                    .ofBits(keySize)
                    .orElseThrow(() -> new InvalidParameterException(refusal("of " + keySize + " bits")));
        }
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        KmsSettings settings = requireSource();
        if (settings.adopt().isEmpty()) {
            wanted = spec(parameters)
                    .filter(spec -> algorithm.keySpecs().anyMatch(spec::equals))
                    .orElseThrow(() -> new InvalidAlgorithmParameterException(refusal(wish(parameters))));
        }
    }

    private static Optional<KeySpec> spec(AlgorithmParameterSpec parameters) {
        if (parameters instanceof NamedParameterSpec named) {
            return KeySpec.withParameters(named.getName());
        }
        return parameters instanceof RSAKeyGenParameterSpec rsa
                        && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                ? KeySpec.rsa(rsa.getKeysize())
                : Optional.empty();
    }

    private static String wish(AlgorithmParameterSpec parameters) {
        if (parameters instanceof NamedParameterSpec curve) {
            return "on the curve " + curve.getName();
        }
        return parameters instanceof RSAKeyGenParameterSpec rsa
                ? "of " + rsa.getKeysize() + " bits with the public exponent " + rsa.getPublicExponent()
                : "with " + parameters;
    }

    private String refusal(String wish) {
        return "KMS has no " + algorithm.jcaName() + " key " + wish + "; it has "
                + algorithm.keySpecs().map(KeySpec::name).collect(Collectors.joining(", "));
    }

    @Override
    public KeyPair generateKeyPair() {
        KmsSettings settings = requireSource();
        KmsSession session = sessions.of(settings);
        KmsPrivateKey key = settings.adopt().isPresent()
                ? adopted(session, settings.adopt().get())
                : session.create(wanted == null ? algorithm.usual() : wanted);
        return new KeyPair(key.publicKey(), key);
    }

    private KmsPrivateKey adopted(KmsSession session, KeyId id) {
        KmsPrivateKey key = session.key(id);
        if (algorithm.keySpecs().noneMatch(key.spec()::equals)) {
            throw new ProviderException("the setting adopt names " + key + ", which is no " + algorithm.jcaName()
                    + " key; keytool: -keyalg " + key.getAlgorithm());
        }
        return key;
    }

    private KmsSettings requireSource() {
        KmsSettings settings = configuration.settings();
        if (settings.adopt().isEmpty() && !settings.create()) {
            throw new ProviderException("name the existing KMS key with the setting adopt, such as adopt=alias/release,"
                    + " or let keys be made in KMS with create=true");
        }
        return settings;
    }
}
