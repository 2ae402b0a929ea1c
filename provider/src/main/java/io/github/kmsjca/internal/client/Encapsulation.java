package io.github.kmsjca.internal.client;

/**
 * A shared secret and its encapsulation (FIPS 203 §3.1).
 *
 * @param secret the shared secret, 32 bytes
 * @param ciphertext the encapsulation, which only the owner of the key can open
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record Encapsulation(byte[] secret, byte[] ciphertext) {
    /** Returns the length of the ciphertext only, because the secret must not appear in logs. */
    @Override
    public String toString() {
        return "Encapsulation[" + ciphertext.length + " bytes]";
    }
}
