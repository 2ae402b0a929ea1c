package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.CurveDomain;
import io.github.kmsjca.internal.handle.EcHandle;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The KeyAgreement engine for one algorithm. For KMS keys, KMS computes the secret, with one request for each secret.
 * For every other key, the engine delegates to another provider. Not thread-safe.
 */
public final class KmsKeyAgreement extends KeyAgreementSpi {
    private final KeyAgreementAlgorithm algorithm;
    private final OtherProviders others;

    private @Nullable EcHandle key;
    private @Nullable KeyDerivation derivation;
    private @Nullable PublicKey peer;
    private @Nullable KeyAgreement foreign;

    /**
     * Creates an engine. Does no I/O and no look-up.
     *
     * @param provider the class of the provider that this engine belongs to
     */
    public KmsKeyAgreement(KeyAgreementAlgorithm algorithm, Class<? extends Provider> provider) {
        this.algorithm = algorithm;
        this.others = new OtherProviders(provider);
    }

    @Override
    protected void engineInit(Key newKey, SecureRandom random) throws InvalidKeyException {
        try {
            engineInit(newKey, null, random);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        key = null;
        peer = null;
        derivation = null;
        foreign = null;
        if (newKey instanceof KmsHandle handle) {
            handle.requireFit(algorithm);
            requireKnownCurve(handle);
        }
        if (!(newKey instanceof EcHandle ours)) {
            foreign = foreign(newKey, parameters, random);
            return;
        }
        Optional<Digest> digest = algorithm.derivationDigest();
        if (digest.isPresent()) {
            derivation = KeyDerivation.of(digest.get(), parameters);
        } else if (parameters != null) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
        }
        key = ours;
    }

    /** Refuses a handle that fits but is not an {@link EcHandle}, because no provider could read its public key. */
    private static void requireKnownCurve(KmsHandle handle) throws InvalidKeyException {
        if (!(handle instanceof EcHandle)) {
            throw new InvalidKeyException("no installed provider reads the public key of " + handle
                    + "; install a provider that supports its curve, such as SunEC");
        }
    }

    private KeyAgreement foreign(Key foreignKey, @Nullable AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        String name = algorithm.jcaName();
        return others.findWithParameters(
                new OtherProviders.WantedService(algorithm.usage().service(), name, foreignKey), provider -> {
                    KeyAgreement engine = KeyAgreement.getInstance(name, provider);
                    if (parameters == null) {
                        engine.init(foreignKey, random);
                    } else {
                        engine.init(foreignKey, parameters, random);
                    }
                    return engine;
                });
    }

    /** Sets the other party's public key. Checks, without a call, that the key is on the right curve. */
    @Override
    protected @Nullable Key engineDoPhase(Key publicKey, boolean lastPhase) throws InvalidKeyException {
        if (foreign != null) {
            return foreign.doPhase(publicKey, lastPhase);
        }
        if (!lastPhase) {
            throw new IllegalStateException(algorithm.jcaName() + " has only one phase, so lastPhase must be true");
        }
        if (peer != null) {
            throw new IllegalStateException("the other party's public key is already set: call init to start again");
        }
        peer = requireOnCurve(publicKey, requireKey());
        return null;
    }

    private static PublicKey requireOnCurve(Key peer, EcHandle ours) throws InvalidKeyException {
        if (!(peer instanceof PublicKey publicKey)
                || PublicKeys.spec(publicKey).filter(ours.spec()::equals).isEmpty()) {
            throw new InvalidKeyException("the other party's public key must be on the same curve as " + ours);
        }
        try {
            CurveDomain.key(ours.spec(), publicKey);
            return publicKey;
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("the other party's public key is not a point on the curve of " + ours, e);
        }
    }

    private EcHandle requireKey() {
        if (key == null) {
            throw new IllegalStateException("no key is set: call init first");
        }
        return key;
    }

    /**
     * Returns the x coordinate of the shared point, with leading zeros up to the length of the field (SEC 1 §2.3.5). If
     * the algorithm has a key derivation, returns the same number of derived bytes instead.
     *
     * @throws java.security.ProviderException if KMS refuses
     */
    @Override
    protected byte[] engineGenerateSecret() {
        if (foreign != null) {
            return foreign.generateSecret();
        }
        byte[] secret = agree();
        try {
            return truncateOrDerive(secret, secret.length);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Returns the secret from KMS. Forgets the other party's public key, so the next secret needs a new doPhase. */
    private byte[] agree() {
        EcHandle ours = requireKey();
        PublicKey peerKey = peer;
        if (peerKey == null) {
            throw new IllegalStateException("the other party's public key is missing: call doPhase first");
        }
        peer = null;
        return ours.deriveSharedSecret(peerKey);
    }

    @Override
    protected int engineGenerateSecret(byte[] output, int offset) throws ShortBufferException {
        if (foreign != null) {
            return foreign.generateSecret(output, offset);
        }
        int length = requireKey().spec().byteLength();
        // check first, because engineGenerateSecret makes a request and forgets the other party's public key
        if (output.length - offset < length) {
            throw new ShortBufferException("the output needs room for " + length + " bytes");
        }
        byte[] secret = engineGenerateSecret();
        System.arraycopy(secret, 0, output, offset, length);
        Arrays.fill(secret, (byte) 0);
        return length;
    }

    /**
     * Returns a key of the first bytes of the secret or, with a key derivation, of derived bytes. A key for
     * {@code TlsPremasterSecret} or {@code Generic} is as long as the secret. The length of an AES key comes from
     * {@link AgreedKey}.
     */
    @Override
    protected SecretKey engineGenerateSecret(String name) throws NoSuchAlgorithmException, InvalidKeyException {
        if (foreign != null) {
            return foreign.generateSecret(name);
        }
        AgreedKey wanted = AgreedKey.named(name)
                .orElseThrow(() -> new NoSuchAlgorithmException("the length of a key for " + name
                        + " is not known; call generateSecret() and make the key from the returned secret"));
        byte[] secret = agree();
        byte[] part = truncateOrDerive(secret, wanted.length().orElse(secret.length));
        try {
            return new SecretKeySpec(part, wanted.jcaName());
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(part, (byte) 0);
        }
    }

    /**
     * Returns {@code length} bytes: the first bytes of the secret or, with a key derivation, derived bytes. The secret
     * is long enough: it has at least 32 bytes, as many as the longest AES key of {@link AgreedKey}.
     */
    private byte[] truncateOrDerive(byte[] secret, int length) {
        return derivation == null ? Arrays.copyOf(secret, length) : derivation.derive(secret, length);
    }
}
