package io.github.kmsjca.emulator.algorithm;

import java.util.OptionalInt;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
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
    public boolean takes(MessageType type) {
        return type == MessageType.RAW || type == MessageType.DIGEST;
    }

    @Override
    public OptionalInt exactLength(MessageType type) {
        return type == MessageType.DIGEST ? OptionalInt.of(DIGEST_LENGTH) : OptionalInt.empty();
    }

    @Override
    public Signer signer(MessageType type) {
        // without parameters, the signer uses the same identity as KMS
        return type == MessageType.DIGEST ? new DigestSigner() : new SM2Signer();
    }

    /** Signs its input without Z and without hashing. */
    private static final class DigestSigner extends SM2Signer {
        DigestSigner() {
            super(new NullDigest());
        }

        @Override
        protected byte[] getZ(byte[] identity) {
            return new byte[0];
        }
    }
}
