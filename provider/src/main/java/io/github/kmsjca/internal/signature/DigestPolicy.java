package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.EcdsaMode;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.MessageMode;

/** What a message may be made into before KMS gets it. */
enum DigestPolicy {
    /** Its digest, for ECDSA cut or padded to the length that KMS wants. */
    FITTED,
    /** Its digest, with no other hash than KMS's own. */
    EXACT,
    /** The message itself, though its digest would be enough. */
    WHOLE;

    static DigestPolicy of(KmsSettings settings) {
        if (settings.message() == MessageMode.RAW) {
            return WHOLE;
        }
        return settings.ecdsa() == EcdsaMode.STRICT ? EXACT : FITTED;
    }
}
