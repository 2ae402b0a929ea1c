package io.github.kmsjca.internal.client;

/**
 * A shared secret, and what tells it to the owner of the key (FIPS 203 §2.2).
 *
 * @param secret 32 bytes
 * @param ciphertext what is sent to the owner
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record Encapsulation(byte[] secret, byte[] ciphertext) {
    /** Returns the lengths only. */
    @Override
    public String toString() {
        return "Encapsulation[" + ciphertext.length + " bytes]";
    }
}
