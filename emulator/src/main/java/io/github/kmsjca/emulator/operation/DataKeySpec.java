package io.github.kmsjca.emulator.operation;

/** The table of specs for symmetric data keys (KMS API {@code GenerateDataKey}). */
enum DataKeySpec {
    AES_128(16),
    AES_256(32);

    private final int length;

    DataKeySpec(int length) {
        this.length = length;
    }

    /** Returns the length in bytes. */
    int length() {
        return length;
    }
}
