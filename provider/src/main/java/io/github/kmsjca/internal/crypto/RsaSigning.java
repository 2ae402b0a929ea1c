package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.handle.RsaHandle;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/**
 * Signs a DigestInfo with NONEwithRSA, for programs that encrypt the DigestInfo with the private key. Makes one
 * request.
 */
final class RsaSigning implements RsaOperation {
    private static final String NO_KEY = "this Cipher signs a DigestInfo; to encrypt a key, use the public key";

    private final RsaHandle key;
    private final Signature engine;

    /**
     * Creates an operation.
     *
     * @param provider the provider of the key, whose Signature signs
     */
    RsaSigning(RsaHandle key, Provider provider) throws InvalidKeyException {
        this.key = key;
        try {
            engine = Signature.getInstance("NONEwithRSA", provider);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("the provider does not sign", e);
        }
        engine.initSign(key);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        try {
            engine.update(bytes, offset, count);
        } catch (SignatureException e) {
            throw new ProviderException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] finish() throws IllegalBlockSizeException {
        try {
            return engine.sign();
        } catch (SignatureException e) {
            if (e.getCause() instanceof ProviderException failure) {
                throw failure;
            }
            throw (IllegalBlockSizeException) new IllegalBlockSizeException(e.getMessage()).initCause(e);
        }
    }

    @Override
    public byte[] wrap(Key wrapped) throws InvalidKeyException {
        throw new InvalidKeyException(NO_KEY);
    }

    @Override
    public Key unwrap(byte[] wrapped, String algorithm, int type) throws InvalidKeyException {
        throw new InvalidKeyException(NO_KEY);
    }

    @Override
    public @Nullable AlgorithmParameters parameters() {
        return null;
    }

    /** Does nothing, because the engine is not used again. */
    @Override
    public void clear() {}

    @Override
    public int longestOutput() {
        return key.spec().byteLength();
    }
}
