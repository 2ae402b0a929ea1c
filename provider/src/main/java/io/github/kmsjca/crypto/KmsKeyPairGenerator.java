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
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The KeyPairGenerator of a kind of key. It hands out the existing KMS key that the setting {@code adopt} names, which
 * is how {@code keytool -genkeypair} gives a key its first certificate; with {@code create=true} it makes a key in KMS.
 * With neither it refuses, and the JCA goes on to the provider that makes keys in memory.
 *
 * <p>There is none while its provider is the first of several that have such generators. Then programs that name no
 * provider would get KMS keys: every TLS handshake makes a key pair that way, those with KMS too. That refusal comes
 * when the generator is asked for: later the JCA passes over providers like Bouncy Castle, whose generators are
 * subclasses of {@link java.security.KeyPairGenerator}.
 */
public final class KmsKeyPairGenerator extends KeyPairGeneratorSpi {
    private final KeyPairAlgorithm algorithm;
    private final Configuration configuration;
    private final KmsSessions sessions;
    private @Nullable KeySpec wanted;

    private KmsKeyPairGenerator(KeyPairAlgorithm algorithm, Configuration configuration, KmsSessions sessions) {
        this.algorithm = algorithm;
        this.configuration = configuration;
        this.sessions = sessions;
    }

    /**
     * Makes a generator; no I/O.
     *
     * @param self the provider that it belongs to
     * @throws NoSuchAlgorithmException if the provider is the first of several that have such generators
     */
    // another provider of ours with equal services may stand in the list
    @SuppressWarnings("ReferenceEquality")
    public static KmsKeyPairGenerator of(
            KeyPairAlgorithm algorithm, Configuration configuration, KmsSessions sessions, Provider self)
            throws NoSuchAlgorithmException {
        Provider[] offering = Security.getProviders("KeyPairGenerator." + algorithm.jcaName());
        if (offering != null && offering.length > 1 && offering[0] == self) {
            throw new NoSuchAlgorithmException(self.getName() + " stands before " + offering[1].getName()
                    + " in the list of providers, so with adopt or create every program that asks for a "
                    + algorithm.jcaName() + " key pair would get a KMS key; put " + self.getName()
                    + " behind it, or give the generator a provider that is not in the list");
        }
        return new KmsKeyPairGenerator(algorithm, configuration, sessions);
    }

    /** An adopted key has the size it has: keytool always asks for one, its own default if the user named none. */
    @Override
    public void initialize(int keySize, SecureRandom random) {
        KmsSettings settings = requireSource();
        KeySpec spec = algorithm
                .ofBits(keySize)
                .orElseThrow(() -> new InvalidParameterException(refusal("of " + keySize + " bits")));
        wanted = settings.adopt().isEmpty() ? spec : null;
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        requireSource();
        wanted = spec(parameters)
                .filter(spec -> algorithm.keySpecs().anyMatch(spec::equals))
                .orElseThrow(() -> new InvalidAlgorithmParameterException(refusal(wish(parameters))));
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
        if (wanted != null && wanted != key.spec()) {
            throw new ProviderException("the setting adopt names " + key + ", but the program asks for a key of spec "
                    + wanted + "; keytool: leave out -groupname");
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
