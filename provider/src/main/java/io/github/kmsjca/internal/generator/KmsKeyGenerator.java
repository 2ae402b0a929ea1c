package io.github.kmsjca.internal.generator;

import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The KeyGenerator of one HMAC: it makes keys in KMS, with {@code create=true} or {@link KmsKeyGenParameterSpec}. With
 * neither it refuses, and the JCA goes on to the provider that makes keys in memory. For one thread at a time.
 */
public final class KmsKeyGenerator extends KeyGeneratorSpi {
    /** The type of service. */
    public static final String SERVICE = "KeyGenerator";

    private final MacAlgorithm algorithm;
    private final Generators generators;
    private @Nullable KmsKeyGenParameterSpec wanted;

    private KmsKeyGenerator(MacAlgorithm algorithm, Generators generators) {
        this.algorithm = algorithm;
        this.generators = generators;
    }

    /**
     * Makes a generator; no I/O.
     *
     * @throws NoSuchAlgorithmException if the provider is the first of several that have such generators
     */
    public static KmsKeyGenerator of(MacAlgorithm algorithm, Generators generators) throws NoSuchAlgorithmException {
        generators.requireNotFirst(SERVICE, algorithm.jcaName());
        return new KmsKeyGenerator(algorithm, generators);
    }

    /** Does nothing: KMS has randomness of its own. */
    @Override
    protected void engineInit(SecureRandom random) {}

    @Override
    protected void engineInit(int keySize, SecureRandom random) {
        wanted = null;
        if (!algorithm.keySpec().hasBits(keySize)) {
            throw new InvalidParameterException("KMS has no " + algorithm.jcaName() + " key of " + keySize
                    + " bits; it has " + algorithm.keySpec());
        }
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        wanted = null;
        if (!(parameters instanceof KmsKeyGenParameterSpec given)
                || !given.keySpec().equals(algorithm.keySpec().name())) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " keys are made with "
                    + KmsKeyGenParameterSpec.class.getSimpleName() + " of " + algorithm.keySpec() + ", not with "
                    + parameters);
        }
        wanted = Generators.complete(algorithm.keySpec(), given);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        if (wanted == null && !generators.settings().create()) {
            throw Generators.refusal();
        }
        return (SecretKey) generators.create(wanted == null ? Generators.usual(algorithm.keySpec()) : wanted);
    }
}
