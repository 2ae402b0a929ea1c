package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.EcdsaMode;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.MessageMode;

/** Which form of a message KMS gets. */
enum DigestPolicy {
    /** The digest. For ECDSA, it is cut or padded to the length that KMS expects. */
    FITTED,
    /** The digest, computed with the only hash that KMS uses for the key. */
    EXACT,
    /** The message itself, even if its digest would be enough. */
    WHOLE;

    static DigestPolicy of(KmsSettings settings) {
        if (settings.message() == MessageMode.RAW) {
            return WHOLE;
        }
        return settings.ecdsa() == EcdsaMode.STRICT ? EXACT : FITTED;
    }
}
