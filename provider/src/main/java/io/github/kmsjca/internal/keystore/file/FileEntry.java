package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.CertificatePool;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.text.ForeignText;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a keystore file: a KMS key with its certificates, or a trusted certificate.
 *
 * @param alias the name, case-sensitive
 * @param key the KMS key; empty for a trusted certificate
 * @param certificates the certificates of the key, leaf first unless the file has another order; exactly one for a
 *     trusted certificate
 */
public record FileEntry(String alias, Optional<KeyId> key, List<X509Certificate> certificates) {

    /** The maximum length of an alias: the maximum length of a KMS alias with its prefix {@code alias/}. */
    private static final int LONGEST_ALIAS = 256;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the alias cannot be written, there are too many certificates, or an entry
     *     without a key does not have exactly one certificate
     */
    public FileEntry {
        requireAlias(alias);
        certificates = List.copyOf(certificates);
        if (certificates.size() > CertificatePool.LONGEST_CHAIN) {
            throw new IllegalArgumentException("entry '" + alias + "' has more than " + CertificatePool.LONGEST_CHAIN
                    + " certificates; keep only the certificates of its chain");
        }
        if (key.isEmpty() && certificates.size() != 1) {
            throw new IllegalArgumentException("entry '" + alias + "' has no line 'key:', so it needs exactly one"
                    + " certificate, but it has " + certificates.size());
        }
    }

    public static FileEntry ofKey(String alias, KeyId key, List<X509Certificate> certificates) {
        return new FileEntry(alias, Optional.of(key), certificates);
    }

    public static FileEntry ofTrusted(String alias, X509Certificate certificate) {
        return new FileEntry(alias, Optional.empty(), List.of(certificate));
    }

    public FileEntry withChain(List<X509Certificate> chain) {
        return new FileEntry(alias, key, chain);
    }

    /** Returns whether another entry has the same key and certificates. The aliases may differ. */
    public boolean hasSameContent(FileEntry other) {
        return key.equals(other.key) && certificates.equals(other.certificates);
    }

    private static void requireAlias(String alias) {
        if (alias.length() > LONGEST_ALIAS) {
            throw new IllegalArgumentException("an alias has at most " + LONGEST_ALIAS + " characters");
        }
        if (alias.isEmpty() || !alias.equals(alias.strip())) {
            throw new IllegalArgumentException("the alias '" + ForeignText.of(alias)
                    + "' is not allowed: an alias must not be empty, and must not begin or end with a blank");
        }
        boolean harmless = alias.codePoints().allMatch(ForeignText::isHarmless);
        if (!harmless || !StandardCharsets.UTF_8.newEncoder().canEncode(alias)) {
            throw new IllegalArgumentException(
                    "an alias cannot hold line breaks, control characters or invisible characters");
        }
    }
}
