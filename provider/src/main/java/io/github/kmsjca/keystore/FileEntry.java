package io.github.kmsjca.keystore;

import io.github.kmsjca.config.ForeignText;
import io.github.kmsjca.config.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a keystore file: a KMS key with its certificates, or a trusted certificate.
 *
 * @param alias the name, case-sensitive
 * @param key the KMS key; empty for a trusted certificate
 * @param certificates leaf first; exactly one for a trusted certificate
 */
public record FileEntry(String alias, Optional<KeyId> key, List<X509Certificate> certificates) {

    /** The most certificates that one entry may have: no chain in use is half as long. */
    static final int MOST_CERTIFICATES = 20;

    /** Fails with IllegalArgumentException if the alias cannot be written or the parts are not an entry. */
    public FileEntry {
        requireAlias(alias);
        certificates = List.copyOf(certificates);
        if (certificates.size() > MOST_CERTIFICATES) {
            throw new IllegalArgumentException("entry '" + alias + "' has " + certificates.size()
                    + " certificates, and at most " + MOST_CERTIFICATES
                    + " are taken; keep those of its own chain only");
        }
        if (key.isEmpty() && certificates.size() != 1) {
            throw new IllegalArgumentException("entry '" + alias + "' has no key: line, so it needs exactly one"
                    + " certificate, but it has " + certificates.size());
        }
    }

    public static FileEntry ofKey(String alias, KeyId key, List<X509Certificate> certificates) {
        return new FileEntry(alias, Optional.of(key), certificates);
    }

    static FileEntry ofTrusted(String alias, X509Certificate certificate) {
        return new FileEntry(alias, Optional.empty(), List.of(certificate));
    }

    /** Returns the entry with other certificates. */
    FileEntry withChain(List<X509Certificate> chain) {
        return new FileEntry(alias, key, chain);
    }

    /** Returns whether key and certificates are those of another entry, whatever its alias. */
    boolean saysTheSame(FileEntry other) {
        return key.equals(other.key) && certificates.equals(other.certificates);
    }

    private static void requireAlias(String alias) {
        if (alias.isEmpty() || !alias.equals(alias.strip())) {
            throw new IllegalArgumentException("an alias cannot be empty or begin or end with a blank");
        }
        boolean harmless = alias.codePoints().allMatch(ForeignText::isHarmless);
        if (!harmless || !StandardCharsets.UTF_8.newEncoder().canEncode(alias)) {
            throw new IllegalArgumentException(
                    "an alias cannot hold line breaks, control characters or characters that nobody sees");
        }
        if (alias.length() > ForeignText.LONGEST) {
            throw new IllegalArgumentException("an alias cannot be longer than " + ForeignText.LONGEST + " characters");
        }
    }
}
