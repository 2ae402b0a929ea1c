package io.github.kmsjca.emulator.algorithm;

import java.io.ByteArrayOutputStream;
import java.util.OptionalInt;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * SM2 signatures (GB/T 32918.2) in DER.
 *
 * <p>The signer hashes the value Z and then the message. Z is a hash of the identity 1234567812345678, the curve and
 * the public key. A digest from the client already includes Z, with an identity that the client chose.
 */
record Sm2Scheme() implements SignerScheme {
    private static final int DIGEST_LENGTH = new SM3Digest().getDigestSize();

    @Override
    public boolean accepts(MessageType type) {
        return type == MessageType.RAW || type == MessageType.DIGEST;
    }

    @Override
    public OptionalInt exactLength(MessageType type) {
        return type == MessageType.DIGEST ? OptionalInt.of(DIGEST_LENGTH) : OptionalInt.empty();
    }

    @Override
    public Signer signer(MessageType type) {
        // without parameters, the signer uses the same identity as KMS
        return type == MessageType.DIGEST ? new SM2Signer(new GivenDigest()) : new SM2Signer();
    }

    /**
     * Replaces SM3 in the signer, and returns the last bytes of the input: the digest from the client. Ignores the Z
     * that the signer puts before the digest, because the digest already includes a Z.
     */
    private static final class GivenDigest implements Digest {
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();

        @Override
        public String getAlgorithmName() {
            return "SM3";
        }

        @Override
        public int getDigestSize() {
            return DIGEST_LENGTH;
        }

        @Override
        public void update(byte value) {
            input.write(value);
        }

        @Override
        public void update(byte[] bytes, int offset, int length) {
            input.write(bytes, offset, length);
        }

        @Override
        public int doFinal(byte[] output, int offset) {
            byte[] all = input.toByteArray();
            System.arraycopy(all, all.length - DIGEST_LENGTH, output, offset, DIGEST_LENGTH);
            reset();
            return DIGEST_LENGTH;
        }

        @Override
        public void reset() {
            input.reset();
        }
    }
}
