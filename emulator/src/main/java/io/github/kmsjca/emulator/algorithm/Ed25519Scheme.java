package io.github.kmsjca.emulator.algorithm;

import java.util.OptionalInt;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed25519phSigner;
import org.jspecify.annotations.Nullable;

/** The two forms of Ed25519 (RFC 8032 §5.1). In KMS, each form accepts one message type. */
enum Ed25519Scheme implements SignerScheme {
    PURE(MessageType.RAW, null) {
        @Override
        public Signer signer(MessageType type) {
            return new Ed25519Signer();
        }
    },

    /** Ed25519ph. The client sends a SHA-512 digest. As in KMS, the signer hashes this digest once more. */
    PREHASHED(MessageType.DIGEST, Digest.SHA_512.length()) {
        @Override
        public Signer signer(MessageType type) {
            return new Ed25519phSigner(new byte[0]);
        }
    };

    private final MessageType type;
    private final @Nullable Integer messageLength;

    Ed25519Scheme(MessageType type, @Nullable Integer messageLength) {
        this.type = type;
        this.messageLength = messageLength;
    }

    @Override
    public boolean accepts(MessageType requested) {
        return requested == type;
    }

    @Override
    public OptionalInt exactLength(MessageType requested) {
        return messageLength == null ? OptionalInt.empty() : OptionalInt.of(messageLength);
    }
}
