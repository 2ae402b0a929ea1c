package io.github.kmsjca.crypto;

import java.util.Arrays;
import java.util.Optional;

/** The keys that can be made of an agreed secret, a row each: with their length, which KMS and the JCA leave open. */
enum AgreedKey {
    AES("AES", 32),
    AES_128_CBC("2.16.840.1.101.3.4.1.2", 16),
    AES_128_WRAP("2.16.840.1.101.3.4.1.5", 16),
    AES_128_GCM("2.16.840.1.101.3.4.1.6", 16),
    AES_192_CBC("2.16.840.1.101.3.4.1.22", 24),
    AES_192_WRAP("2.16.840.1.101.3.4.1.25", 24),
    AES_192_GCM("2.16.840.1.101.3.4.1.26", 24),
    AES_256_CBC("2.16.840.1.101.3.4.1.42", 32),
    AES_256_WRAP("2.16.840.1.101.3.4.1.45", 32),
    AES_256_GCM("2.16.840.1.101.3.4.1.46", 32);

    /** The name that engines know such a key by. */
    static final String JCA_NAME = "AES";

    private final String text;
    private final int length;

    AgreedKey(String text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Returns the row of a name or object identifier, as the tables of CMS have them (RFC 3565, RFC 5084). */
    static Optional<AgreedKey> named(String nameOrOid) {
        return Arrays.stream(values())
                .filter(row -> row.text.equalsIgnoreCase(nameOrOid))
                .findFirst();
    }

    /** Returns the length in bytes. */
    int length() {
        return length;
    }
}
