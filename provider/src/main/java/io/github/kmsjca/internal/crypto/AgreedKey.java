package io.github.kmsjca.internal.crypto;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The types of keys that can be made from an agreed secret, one row each. The rows define the key lengths, because
 * neither KMS nor the JCA does.
 */
enum AgreedKey {
    TLS_PREMASTER_SECRET("TlsPremasterSecret"),
    GENERIC("Generic"),
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

    private final String nameOrOid;
    private final String jcaName;
    private final @Nullable Integer length;

    /** Creates a row for keys that are as long as the secret. The name is a JCA name. */
    AgreedKey(String nameOrOid) {
        this.nameOrOid = nameOrOid;
        this.jcaName = nameOrOid;
        this.length = null;
    }

    /** Creates a row for AES keys of a length in bytes. */
    AgreedKey(String nameOrOid, int length) {
        this.nameOrOid = nameOrOid;
        this.jcaName = "AES";
        this.length = length;
    }

    /**
     * Returns the row with the given name, ignoring case, or CMS object identifier (RFC 3565, RFC 5084); empty if there
     * is none.
     */
    static Optional<AgreedKey> named(String wanted) {
        return Arrays.stream(values())
                .filter(row -> row.nameOrOid.equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** Returns the JCA name of the key. */
    String jcaName() {
        return jcaName;
    }

    /** Returns the length in bytes; empty if the key is as long as the secret. */
    OptionalInt length() {
        return length == null ? OptionalInt.empty() : OptionalInt.of(length);
    }
}
