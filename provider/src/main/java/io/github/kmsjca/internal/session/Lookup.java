package io.github.kmsjca.internal.session;

/** Whether a look-up may call KMS. */
public enum Lookup {
    /** The look-up asks KMS if the answer is not cached. */
    MAY_ASK,
    /** The look-up never calls KMS. The result is empty if the answer is not cached. */
    KNOWN_ONLY
}
