package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.KemAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.client.Encapsulation;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.EncryptMode;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.internal.handle.MlKemHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.library.Library;
import io.github.kmsjca.internal.library.LibraryFeature;
import io.github.kmsjca.key.KmsException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.KEMSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The KEM engine for one algorithm. It decapsulates in KMS, with one request each time. It encapsulates locally with
 * any public key or, with the public key of a KMS key and {@code encrypt=kms}, in KMS. For a private key that is not a
 * KMS key, it throws {@link InvalidKeyException}, and the JCA tries the next provider unless the program named this
 * provider. Thread-safe.
 */
public final class KmsKem implements KEMSpi {
    private final KemAlgorithm algorithm;

    /** Creates an engine. Does no I/O and no look-up. */
    public KmsKem(KemAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public EncapsulatorSpi engineNewEncapsulator(
            @Nullable PublicKey publicKey, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        if (publicKey == null) {
            throw new InvalidKeyException("the key is null");
        }
        requireNone(parameters);
        requireLibrary();
        KeySpec spec = PublicKeys.spec(publicKey)
                .filter(algorithm::fits)
                .orElseThrow(() -> new InvalidKeyException("the key is not an " + algorithm.jcaName() + " public key"));
        if (publicKey instanceof KmsPublicKey ours
                && ours.handle() instanceof MlKemHandle handle
                && handle.settings().encrypt() == EncryptMode.KMS) {
            handle.requireFit(algorithm);
            LibraryFeature.ENCAPSULATE.require();
            return new Encapsulator(spec, () -> encapsulation(handle));
        }
        SecureRandom source = random == null ? new SecureRandom() : random;
        MlKemRecipient recipient = MlKemRecipient.of(spec, publicKey);
        return new Encapsulator(spec, () -> recipient.encapsulate(source));
    }

    @Override
    public DecapsulatorSpi engineNewDecapsulator(
            @Nullable PrivateKey privateKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        if (privateKey == null) {
            throw new InvalidKeyException("the key is null");
        }
        if (privateKey instanceof KmsHandle handle) {
            handle.requireFit(algorithm);
        }
        if (!(privateKey instanceof MlKemHandle ours)) {
            throw new InvalidKeyException(
                    "kms-jca decapsulates only with KMS keys; for this key, use the KEM of another provider");
        }
        requireNone(parameters);
        requireLibrary();
        LibraryFeature.DECAPSULATE.require();
        return new Decapsulator(ours);
    }

    private static void requireLibrary() throws InvalidKeyException {
        Library.BOUNCY_CASTLE.require();
        LibraryFeature.ML_KEM.require();
    }

    private void requireNone(@Nullable AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
        }
    }

    /** Returns a new shared secret and its encapsulation from KMS. Checks the length of the encapsulation. */
    private static Encapsulation encapsulation(MlKemHandle key) {
        Encapsulation result = key.encapsulate();
        int length = MlKemRecipient.length(key.spec());
        if (result.ciphertext().length != length) {
            throw KmsErrors.unusable("the encapsulation that KMS returned for " + key + " has "
                    + result.ciphertext().length + " bytes instead of " + length
                    + ", so it was rejected; try again, and check the endpoint and the proxies on the way to it");
        }
        return result;
    }

    /** Checks the range and the algorithm name of the new key, before the request: a wrong argument costs nothing. */
    private static void requireArguments(int from, int to, String name) {
        Objects.checkFromToIndex(from, to, MlKemHandle.SECRET_LENGTH);
        Objects.requireNonNull(name, "algorithm");
        if (from == to) {
            throw new IllegalArgumentException("the range from " + from + " to " + to
                    + " of the shared secret is empty; a key needs at least 1 byte");
        }
    }

    /** Returns a range of a secret as a key with an algorithm name, and overwrites the secret. */
    private static SecretKey keyFrom(byte[] secret, int from, int to, String name) {
        try {
            return new SecretKeySpec(secret, from, to - from, name);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private record Encapsulator(KeySpec spec, Supplier<Encapsulation> source) implements EncapsulatorSpi {
        @Override
        public KEM.Encapsulated engineEncapsulate(int from, int to, String name) {
            requireArguments(from, to, name);
            Encapsulation result = source.get();
            return new KEM.Encapsulated(keyFrom(result.secret(), from, to, name), result.ciphertext(), null);
        }

        @Override
        public int engineSecretSize() {
            return MlKemHandle.SECRET_LENGTH;
        }

        @Override
        public int engineEncapsulationSize() {
            return MlKemRecipient.length(spec);
        }
    }

    private record Decapsulator(MlKemHandle key) implements DecapsulatorSpi {
        @Override
        public SecretKey engineDecapsulate(byte[] encapsulation, int from, int to, String name)
                throws DecapsulateException {
            requireArguments(from, to, name);
            Objects.requireNonNull(encapsulation, "encapsulation");
            if (encapsulation.length != engineEncapsulationSize()) {
                throw new DecapsulateException("an encapsulation for " + key + " has " + engineEncapsulationSize()
                        + " bytes, not " + encapsulation.length);
            }
            try {
                return keyFrom(key.decapsulate(encapsulation), from, to, name);
            } catch (KmsException e) {
                if (KmsErrors.isBadCiphertext(e)) {
                    throw new DecapsulateException(e.getMessage(), e);
                }
                throw e;
            }
        }

        @Override
        public int engineSecretSize() {
            return MlKemHandle.SECRET_LENGTH;
        }

        @Override
        public int engineEncapsulationSize() {
            return MlKemRecipient.length(key.spec());
        }
    }
}
