package io.github.kmsjca.internal.session;

/** How far a look-up goes. */
public enum Lookup {
    /** What is not known yet is asked of KMS. */
    MAY_ASK,
    /** What is not known yet is missing: no request is sent. */
    KNOWN_ONLY
}
