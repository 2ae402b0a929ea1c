package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.algorithm.KeyFamily;
import io.github.kmsjca.internal.algorithm.KeyPairAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The KeyPairGenerator for one kind of key. If the caller passes a {@link KmsKeyGenParameterSpec}, the generator
 * creates a KMS key. Otherwise, if the setting {@code adopt} names an existing KMS key, it returns that key, so that
 * {@code keytool -genkeypair} can give the key its first certificate. Otherwise, it creates a KMS key if
 * {@code create=true} is set. Without any of these, it throws {@link ProviderException}, and the JCA tries the next
 * provider unless the program named this provider.
 */
public final class KmsKeyPairGenerator extends KeyPairGeneratorSpi {
    /** The name of the JCA class whose {@code getInstance} returns generators of this kind. */
    public static final String JCA_CLASS = "java.security.KeyPairGenerator";

    private final KeyPairAlgorithm algorithm;
    private final Generators generators;

    /** The key spec that the caller requested; null if none, or if the caller requested a size for an adopted key. */
    private @Nullable KeySpec requestedSpec;

    /** The parameters of the key to create; null if the caller passed none. */
    private @Nullable KmsKeyGenParameterSpec newKeyParameters;

    /** Creates a generator. Does no I/O. */
    public KmsKeyPairGenerator(KeyPairAlgorithm algorithm, Generators generators) {
        this.algorithm = algorithm;
        this.generators = generators;
    }

    /**
     * Sets the key size. Does not compare it with the size of an adopted key: for most algorithms, keytool passes its
     * own default size if the user chose none.
     */
    @Override
    public void initialize(int keySize, SecureRandom random) {
        requestedSpec = null;
        newKeyParameters = null;
        KmsSettings settings = requireAdoptOrCreate();
        KeySpec spec = algorithm
                .ofBits(keySize)
                .orElseThrow(() -> new InvalidParameterException(refusal("of " + keySize + " bits")));
        requestedSpec = settings.adopt().isEmpty() ? spec : null;
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        requestedSpec = null;
        newKeyParameters = null;
        KmsKeyGenParameterSpec kmsParameters = parameters instanceof KmsKeyGenParameterSpec typed ? typed : null;
        if (kmsParameters == null) {
            requireAdoptOrCreate();
        }
        KeySpec spec = spec(parameters)
                .filter(named -> algorithm.keySpecs().anyMatch(named::equals))
                .orElseThrow(() -> new InvalidAlgorithmParameterException(refusal(describe(parameters))));
        newKeyParameters = kmsParameters == null ? null : Generators.complete(spec, kmsParameters);
        requestedSpec = spec;
    }

    private static Optional<KeySpec> spec(AlgorithmParameterSpec parameters) {
        if (parameters instanceof KmsKeyGenParameterSpec typed) {
            return KeySpec.named(typed.keySpec());
        }
        if (parameters instanceof NamedParameterSpec named) {
            return KeySpec.withParameters(named.getName());
        }
        return parameters instanceof RSAKeyGenParameterSpec rsa
                        && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                ? KeySpec.rsa(rsa.getKeysize())
                : Optional.empty();
    }

    private static String describe(AlgorithmParameterSpec parameters) {
        if (parameters instanceof ECGenParameterSpec curve) {
            return "on the curve " + curve.getName();
        }
        if (parameters instanceof NamedParameterSpec named) {
            return "with the parameters " + named.getName();
        }
        if (parameters instanceof KmsKeyGenParameterSpec typed) {
            return "of spec " + typed.keySpec();
        }
        if (parameters instanceof RSAKeyGenParameterSpec rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            String other = exponent.equals(RSAKeyGenParameterSpec.F4)
                    ? ""
                    : " with the public exponent " + exponent + " instead of " + RSAKeyGenParameterSpec.F4;
            return "of " + rsa.getKeysize() + " bits" + other;
        }
        return "with " + parameters;
    }

    private String refusal(String property) {
        return "KMS does not support " + algorithm.jcaName() + " keys " + property + "; it supports "
                + algorithm.keySpecs().map(KeySpec::name).collect(Collectors.joining(", "));
    }

    @Override
    public KeyPair generateKeyPair() {
        PairHandle key = newKeyParameters == null
                ? adoptOrCreate(requireAdoptOrCreate())
                : (PairHandle) generators.create(newKeyParameters);
        return new KeyPair(key.publicKey(), key);
    }

    private PairHandle adoptOrCreate(KmsSettings settings) {
        return settings.adopt().isPresent()
                ? adopt(generators.sessions().of(settings), settings.adopt().get())
                : (PairHandle) generators.create(
                        Generators.withDefaults(requestedSpec == null ? algorithm.defaultSpec() : requestedSpec));
    }

    private PairHandle adopt(KmsSession session, KeyId id) {
        PairHandle key = session.keys().pair(id);
        if (algorithm.keySpecs().noneMatch(key.spec()::equals)) {
            throw new ProviderException(
                    "the setting adopt names " + key + ", " + misfit(key.spec().family()));
        }
        if (requestedSpec != null && requestedSpec != key.spec()) {
            throw new ProviderException("the setting adopt names " + key + ", but the program asks for a key of spec "
                    + requestedSpec + "; with keytool, leave out -groupname");
        }
        return key;
    }

    /** Returns why this generator refuses keys of a family, and what to use instead, for the end of an error text. */
    private String misfit(KeyFamily family) {
        if (family == KeyFamily.SM2) {
            return "for which there is no KeyPairGenerator; get the key from a KeyStore";
        }
        // a key that does not sign cannot sign the certificate that keytool makes
        String remedy = family == KeyFamily.ML_KEM ? "use the KeyPairGenerator " : "with keytool, use -keyalg ";
        return "which is not a key for " + algorithm.jcaName() + "; " + remedy + family.jcaName();
    }

    private KmsSettings requireAdoptOrCreate() {
        KmsSettings settings = generators.settings();
        if (settings.adopt().isEmpty() && !settings.mayCreate()) {
            throw new ProviderException("name an existing KMS key with the setting adopt, such as adopt=alias/release,"
                    + " or set create=true to create KMS keys");
        }
        return settings;
    }
}
