package io.github.kmsjca.emulator.key;

/** The table of data keys (KMS API {@code GenerateDataKey}). */
public enum DataKeySpec {
    AES_128(16),
    AES_256(32);

    private final int length;

    DataKeySpec(int length) {
        this.length = length;
    }

    /** Returns the length in bytes. */
    public int length() {
        return length;
    }
}
