package io.github.kmsjca.emulator.account;

/** The sources of key material (KMS API {@code CreateKey}). The emulator refuses the last two. */
public enum KeyOrigin {
    /** KMS generates the key material. */
    AWS_KMS,

    /** The owner imports the key material. */
    EXTERNAL,

    AWS_CLOUDHSM,
    EXTERNAL_KEY_STORE;

    /** Returns whether key material from this source is in a custom key store. The emulator has no such stores. */
    public boolean isCustomKeyStore() {
        return this == AWS_CLOUDHSM || this == EXTERNAL_KEY_STORE;
    }
}
