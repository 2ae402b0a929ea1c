package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The KeyGenerator for one HMAC algorithm. It creates a KMS key if {@code create=true} is set, or if the caller passes
 * a {@link KmsKeyGenParameterSpec}. Otherwise it throws {@link ProviderException}, and the JCA tries the next provider
 * unless the program named this provider. Not thread-safe.
 */
public final class KmsKeyGenerator extends KeyGeneratorSpi {
    /**
     * The name of the JCA class whose {@code getInstance} returns generators of this kind. A string, because other
     * classes use it, and only engines may load classes of {@code javax.crypto}.
     */
    public static final String JCA_CLASS = "javax.crypto.KeyGenerator";

    private final MacAlgorithm algorithm;
    private final Generators generators;

    /** The parameters of the key to create; null if the caller passed none. */
    private @Nullable KmsKeyGenParameterSpec newKeyParameters;

    /** Creates a generator. Does no I/O. */
    public KmsKeyGenerator(MacAlgorithm algorithm, Generators generators) {
        this.algorithm = algorithm;
        this.generators = generators;
    }

    /** Does nothing: KMS uses its own source of random numbers. */
    @Override
    protected void engineInit(SecureRandom random) {}

    /** Checks the key size. Each algorithm has only one. */
    @Override
    protected void engineInit(int keySize, SecureRandom random) {
        newKeyParameters = null;
        if (!algorithm.keySpec().hasBits(keySize)) {
            throw new InvalidParameterException("KMS does not support " + algorithm.jcaName() + " keys of " + keySize
                    + " bits; it supports " + algorithm.keySpec());
        }
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        newKeyParameters = null;
        if (!(parameters instanceof KmsKeyGenParameterSpec kmsParameters)
                || !kmsParameters.keySpec().equals(algorithm.keySpec().name())) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes a "
                    + KmsKeyGenParameterSpec.class.getSimpleName() + " for " + algorithm.keySpec() + ", not "
                    + parameters);
        }
        newKeyParameters = Generators.complete(algorithm.keySpec(), kmsParameters);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        if (newKeyParameters != null) {
            return (SecretKey) generators.create(newKeyParameters);
        }
        if (!generators.settings().mayCreate()) {
            throw new ProviderException("to create a KMS key, set create=true or pass a KmsKeyGenParameterSpec");
        }
        return (SecretKey) generators.create(Generators.withDefaults(algorithm.keySpec()));
    }
}
