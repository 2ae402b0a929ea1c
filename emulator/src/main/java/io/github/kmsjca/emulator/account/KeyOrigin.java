package io.github.kmsjca.emulator.account;

/** The sources of key material (KMS API {@code CreateKey}). */
public enum KeyOrigin {
    AWS_KMS,

    /** The owner imports the key material. */
    EXTERNAL,

    AWS_CLOUDHSM,
    EXTERNAL_KEY_STORE;

    /** Returns whether key material from this source is in a custom key store. */
    public boolean isCustomKeyStore() {
        return this == AWS_CLOUDHSM || this == EXTERNAL_KEY_STORE;
    }
}
