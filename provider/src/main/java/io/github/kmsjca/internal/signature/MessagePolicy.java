package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.EcdsaMode;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.MessageMode;

/** Which form of a message is signed or verified, if the signature scheme allows more than one. */
enum MessagePolicy {
    /** The digest, with default settings. An ECDSA digest is cut or padded to the length that KMS expects. */
    FITTED_DIGEST,
    /** The digest, for local verification. Unlike for signing, a digest that the caller makes may be empty. */
    VERIFIED_DIGEST,
    /** With {@code ecdsa=strict}: the digest. For ECDSA, it must come from the only hash that KMS uses for the key. */
    EXACT_DIGEST,
    /** With {@code message=raw}: the message itself, even if KMS would accept its digest. */
    WHOLE_MESSAGE;

    static MessagePolicy of(KmsSettings settings) {
        if (settings.message() == MessageMode.RAW) {
            return WHOLE_MESSAGE;
        }
        return settings.ecdsa() == EcdsaMode.STRICT ? EXACT_DIGEST : FITTED_DIGEST;
    }
}
