package io.github.kmsjca.internal.crypto;

import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/**
 * RSA encryption or decryption of data that comes in parts. After {@link #finish}, {@link #wrap} and {@link #unwrap},
 * however they end, it is ready for other data.
 */
sealed interface RsaOperation permits RsaOperation.Foreign, RsaEncryption, RsaDecryption {
    void update(byte[] bytes, int offset, int count);

    byte[] finish() throws IllegalBlockSizeException, BadPaddingException;

    byte[] wrap(Key key) throws IllegalBlockSizeException, InvalidKeyException;

    /** Returns the key of a type, one of {@link Cipher#SECRET_KEY} and its like, that was wrapped. */
    Key unwrap(byte[] wrapped, String algorithm, int type) throws InvalidKeyException, NoSuchAlgorithmException;

    /** Returns how the data is padded, as the JDK encodes it. */
    @Nullable
    AlgorithmParameters parameters();

    /** Forgets the data. */
    void clear();

    /** Returns the most bytes that {@link #finish} returns. */
    int longestOutput();

    /** The work of another provider's engine. */
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

        /** Does nothing: the engine is not used any more. */
        @Override
        public void clear() {}

        @Override
        public int longestOutput() {
            return engine.getOutputSize(0);
        }
    }
}
