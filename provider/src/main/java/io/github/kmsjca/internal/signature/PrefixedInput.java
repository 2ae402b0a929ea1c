package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.handle.BouncyCastle;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * Hashes a prefix made from the public key, and then the message as it arrives. The hashes come from Bouncy Castle,
 * because not every supported JDK has them.
 */
final class PrefixedInput implements SignatureInput {
    private static final int SHAKE_BITS = 256;
    private static final int CHUNK = 8192;

    static {
        BouncyCastle.initialize();
    }

    private final SigningPlan plan;
    private final Digest digest;
    private final byte[] prefix;

    private PrefixedInput(SigningPlan plan, Digest digest, byte[] prefix) {
        this.plan = plan;
        this.digest = digest;
        this.prefix = prefix;
        digest.update(prefix, 0, prefix.length);
    }

    /**
     * Returns an input that computes the message representative µ of ML-DSA: SHAKE256 over the hash of the public key,
     * a zero byte for no prehash, a zero byte for the length of the empty context, and the message (FIPS 204 §5.2 and
     * §6.2).
     */
    static PrefixedInput mu(SigningPlan plan) {
        byte[] key = PublicKeys.raw(plan.publicKey());
        byte[] prefix = new byte[MessageType.MU_LENGTH + 2];
        Xof shake = new SHAKEDigest(SHAKE_BITS);
        shake.update(key, 0, key.length);
        shake.doFinal(prefix, 0, MessageType.MU_LENGTH);
        return new PrefixedInput(plan, shake, prefix);
    }

    /**
     * Returns an input that computes the digest of SM2: SM3 over two parts, which are {@link Sm2#identityHash} and the
     * message.
     */
    static PrefixedInput sm2(SigningPlan plan) throws InvalidKeyException {
        try {
            return new PrefixedInput(plan, new SM3Digest(), Sm2.identityHash(plan.publicKey()));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("the public key is not a point on the SM2 curve", e);
        }
    }

    /** Returns the hash of the prefix and a whole message. */
    byte[] hash(byte[] message) {
        update(message, 0, message.length);
        return finish().bytes();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) {
        byte[] chunk = new byte[Math.min(CHUNK, bytes.remaining())];
        while (bytes.hasRemaining()) {
            int length = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, length);
            digest.update(chunk, 0, length);
        }
    }

    @Override
    public PreparedMessage finish() {
        byte[] result;
        if (digest instanceof Xof xof) {
            result = new byte[MessageType.MU_LENGTH];
            xof.doFinal(result, 0, result.length);
        } else {
            result = new byte[digest.getDigestSize()];
            digest.doFinal(result, 0);
        }
        // begin the next message
        digest.update(prefix, 0, prefix.length);
        return new PreparedMessage(plan, result);
    }
}
