package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.Digest;
import io.github.kmsjca.algorithm.MessageType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SignatureException;

/** A message on its way to KMS: hashed as it comes, or kept whole where the service is to hash it. */
abstract sealed class SignatureInput {
    static SignatureInput digest(Digest digest, int length) {
        return new Hashed(digest, length);
    }

    static SignatureInput raw() {
        return new Whole();
    }

    abstract MessageType type();

    abstract void update(byte[] bytes, int offset, int length) throws SignatureException;

    abstract void update(ByteBuffer bytes) throws SignatureException;

    /** Returns the bytes for KMS, and is empty afterwards. */
    abstract byte[] finish() throws SignatureException;

    static MessageDigest messageDigest(Digest digest) {
        try {
            return MessageDigest.getInstance(digest.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("no installed provider offers the hash " + digest.jcaName(), e);
        }
    }

    /** Memory is constant, whatever the length of the message. */
    private static final class Hashed extends SignatureInput {
        private final MessageDigest digest;
        private final int length;

        Hashed(Digest digest, int length) {
            this.digest = messageDigest(digest);
            this.length = length;
        }

        @Override
        MessageType type() {
            return MessageType.DIGEST;
        }

        @Override
        void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        void update(ByteBuffer bytes) {
            digest.update(bytes);
        }

        @Override
        byte[] finish() {
            return EcdsaFormat.fit(digest.digest(), length);
        }
    }

    private static final class Whole extends SignatureInput {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private boolean tooLong;

        @Override
        MessageType type() {
            return MessageType.RAW;
        }

        @Override
        void update(byte[] bytes, int offset, int length) {
            tooLong |= length > MessageType.RAW_LIMIT - message.size();
            if (!tooLong) {
                message.write(bytes, offset, length);
            }
        }

        @Override
        void update(ByteBuffer bytes) {
            byte[] copy = new byte[Math.min(bytes.remaining(), MessageType.RAW_LIMIT + 1)];
            bytes.get(copy);
            bytes.position(bytes.limit());
            update(copy, 0, copy.length);
        }

        @Override
        byte[] finish() throws SignatureException {
            byte[] whole = message.toByteArray();
            boolean refused = tooLong;
            message.reset();
            tooLong = false;
            if (refused) {
                throw new SignatureException("with message=raw KMS takes at most " + MessageType.RAW_LIMIT
                        + " bytes; set message=digest for longer messages");
            }
            if (whole.length == 0) {
                throw new SignatureException("with message=raw KMS refuses an empty message; set message=digest");
            }
            return whole;
        }
    }
}
