package io.github.kmsjca.internal.session;

/** Whether a look-up may call KMS. */
public enum Lookup {
    /** It asks KMS if the answer is not cached. */
    MAY_ASK,
    /** It never calls KMS. The result is empty if the answer is not cached. */
    KNOWN_ONLY
}
