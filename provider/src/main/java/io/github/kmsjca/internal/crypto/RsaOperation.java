package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/**
 * An RSA operation of a Cipher, on data that arrives in parts. After {@link #finish}, {@link #wrap} and
 * {@link #unwrap}, the operation is ready for new data, even if one of these methods failed. For {@link Foreign}, this
 * depends on the engine: after too much data, the JDK's engine must be initialized again.
 */
sealed interface RsaOperation permits RsaOperation.Foreign, RsaEncryption, RsaDecryption, RsaSigning {
    void update(byte[] bytes, int offset, int count);

    byte[] finish() throws IllegalBlockSizeException, BadPaddingException;

    /** Returns the wrapped key. {@link Cipher} calls this method only in wrap mode. */
    default byte[] wrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
        throw new ProviderBug("not initialized to wrap keys");
    }

    /**
     * Returns the unwrapped key. {@link Cipher} calls this method only in unwrap mode.
     *
     * @param algorithm the algorithm of the unwrapped key
     * @param type {@link Cipher#SECRET_KEY}, {@link Cipher#PRIVATE_KEY} or {@link Cipher#PUBLIC_KEY}
     */
    default Key unwrap(byte[] wrapped, String algorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        throw new ProviderBug("not initialized to unwrap keys");
    }

    /** Returns the padding parameters; null if there are none. */
    @Nullable
    AlgorithmParameters parameters();

    /** Discards the data that has arrived. */
    void clear();

    /** Returns the maximum number of bytes that {@link #finish} returns. */
    int longestOutput();

    /** Delegates to an engine of another provider. */
    record Foreign(Cipher engine) implements RsaOperation {
        @Override
        public void update(byte[] bytes, int offset, int count) {
            engine.update(bytes, offset, count);
        }

        @Override
        public byte[] finish() throws IllegalBlockSizeException, BadPaddingException {
            return engine.doFinal();
        }

        @Override
        public byte[] wrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
            return engine.wrap(key);
        }

        @Override
        public Key unwrap(byte[] wrapped, String algorithm, int type)
                throws InvalidKeyException, NoSuchAlgorithmException {
            return engine.unwrap(wrapped, algorithm, type);
        }

        @Override
        public @Nullable AlgorithmParameters parameters() {
            return engine.getParameters();
        }

        /** Does nothing: after this call, nobody uses the engine again. */
        @Override
        public void clear() {}

        @Override
        public int longestOutput() {
            return engine.getOutputSize(0);
        }
    }
}
