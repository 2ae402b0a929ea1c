package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.EcdsaMode;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.MessageMode;

/** Which form of a message KMS gets, if the signature scheme allows more than one. */
enum MessagePolicy {
    /** The digest. An ECDSA digest is cut or padded to the length that KMS expects. */
    FITTED_DIGEST,
    /** The digest, for verification. A digest that the caller makes may also be empty here, as in the JDK. */
    VERIFIED_DIGEST,
    /** The digest, computed with the only hash that KMS uses for the key. */
    EXACT_DIGEST,
    /** The message itself, even if KMS would accept its digest. */
    WHOLE_MESSAGE;

    static MessagePolicy of(KmsSettings settings) {
        if (settings.message() == MessageMode.RAW) {
            return WHOLE_MESSAGE;
        }
        return settings.ecdsa() == EcdsaMode.STRICT ? EXACT_DIGEST : FITTED_DIGEST;
    }
}
