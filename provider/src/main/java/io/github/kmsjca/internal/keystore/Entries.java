package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.certificate.CertificateUsage;
import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.certificate.Purpose;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.keystore.file.FileEntry;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a loaded store: from its file, or by discovery if it has no file. Immutable: an edit returns new
 * entries.
 *
 * @param file the file; with discovery, only the entries that were added
 * @param origin the file as it was loaded or last saved; null if it was neither
 * @param discovery the discovery of entries; null for a store that was loaded from a file, or is new
 * @param certificates the certificates of keys that have none in the file
 * @param copied the entry that the last edit added, if it is a copy of another entry; otherwise null
 */
record Entries(
        KeystoreFile file,
        @Nullable KeystoreFile origin,
        @Nullable Discovery discovery,
        KeyCertificates certificates,
        @Nullable Copy copied) {

    /**
     * A new entry that differs from another entry only in the alias.
     *
     * @param alias the alias of the new entry
     * @param original the alias of the other entry
     * @param before the file without the new entry
     */
    record Copy(String alias, String original, KeystoreFile before) {}

    static Entries of(KeystoreFile file, KeyCertificates certificates) {
        return new Entries(file, file, null, certificates, null);
    }

    static Entries discovered(KeyCertificates certificates) {
        Discovery discovery = new Discovery(certificates.session());
        return new Entries(KeystoreFile.empty(), null, discovery, certificates, null);
    }

    List<String> aliases(Lookup lookup) {
        List<String> discovered = discovery == null ? List.of() : discovery.aliases(lookup);
        return Stream.concat(file.aliases().stream(), discovered.stream())
                .distinct()
                .toList();
    }

    /** Returns whether there may be very many entries, because the settings do not name each entry. */
    boolean mayHaveManyEntries() {
        return discovery != null && !discovery.namesEveryKey();
    }

    /** Returns whether the file has an entry with this alias, or a discovered key can have it. Makes no KMS call. */
    boolean contains(String alias) {
        return file.entry(alias).isPresent() || discovered(alias).isPresent();
    }

    /**
     * Returns this object if KMS can keep added entries in the tags of keys. Otherwise returns an object without
     * entries, with the same settings and the same sources of certificates.
     */
    Entries emptyUnlessWritable() {
        return certificates.isWritable() ? this : new Entries(KeystoreFile.empty(), null, null, certificates, null);
    }

    /** Returns whether an entry exists. May ask KMS about a key that is not in the file. */
    boolean exists(String alias) {
        return file.entry(alias).isPresent() || (discovery != null && discovery.exists(alias));
    }

    /** Returns whether the settings name the key of an entry that is not in the file. */
    boolean isConfigured(String alias) {
        return file.entry(alias).isEmpty() && discovery != null && discovery.isConfigured(alias);
    }

    /** Returns whether an entry is a key, provided that the entry exists. Makes no KMS call. */
    boolean isKey(String alias) {
        return keyId(alias).isPresent();
    }

    /** Returns the identifier of a key entry; empty for a trusted certificate, and if there is no such entry. */
    Optional<KeyId> keyId(String alias) {
        Optional<FileEntry> entry = file.entry(alias);
        return entry.isPresent() ? entry.flatMap(FileEntry::key) : discovered(alias);
    }

    private Optional<KeyId> discovered(String alias) {
        return discovery == null ? Optional.empty() : discovery.id(alias);
    }

    /**
     * Returns the handle of a key entry; empty if there is no such key entry, or if {@code lookup} allows no KMS call
     * and the key is not known. Fails if KMS has no such key. Makes no KMS call if the file has the certificate.
     */
    Optional<KmsHandle> key(String alias, Lookup lookup) {
        Optional<X509Certificate> certificate = file.entry(alias).flatMap(this::ownLeaf);
        return keyId(alias)
                .flatMap(id -> certificate.isPresent()
                        ? Optional.of(session().keys().pair(id, PublicKeys.of(certificate.get())))
                        : session().keys().find(id, lookup));
    }

    /** Returns whether KMS has lately said that it has no key for an entry. Makes no KMS call. */
    boolean isKnownToBeMissing(String alias) {
        return file.entry(alias).isEmpty()
                && discovered(alias).filter(session().keys()::isMissing).isPresent();
    }

    /**
     * Returns the handle of a key entry; empty if there is no such key entry, or if it is not in the file and KMS has
     * no such key. May ask KMS.
     */
    Optional<KmsHandle> existingKey(String alias) {
        return file.entry(alias).isPresent()
                ? key(alias, Lookup.MAY_ASK)
                : discovered(alias).flatMap(session().keys()::existing);
    }

    /** Returns the same as {@link #existingKey}. Fails for a key pair whose usage is known and is not signing. */
    Optional<KmsHandle> keyForTls(String alias) {
        Optional<KmsHandle> key = existingKey(alias);
        key.ifPresent(TlsCheck::requireSigningKey);
        return key;
    }

    /** Returns whether the file has an entry with this alias and with certificates. */
    boolean hasOwnCertificate(String alias) {
        return file.entry(alias)
                .filter(entry -> !entry.certificates().isEmpty())
                .isPresent();
    }

    /** Returns the leaf certificate of an entry in the file, without completing the chain. */
    private Optional<X509Certificate> ownLeaf(FileEntry entry) {
        return file.certificates().order(entry.certificates()).stream().findFirst();
    }

    Optional<X509Certificate> leaf(String alias, Lookup lookup) {
        return file.entry(alias)
                .flatMap(this::ownLeaf)
                .or(() ->
                        certificates(alias, lookup, Purpose.SIGNATURE).stream().findFirst());
    }

    /** Returns whether a certificate allows the usage of the key of an entry, as far as both are known. */
    private boolean isAllowedBy(Certificate certificate, String alias) {
        return certificate instanceof X509Certificate x509
                && CertificateUsage.allows(
                        x509,
                        key(alias, Lookup.KNOWN_ONLY).flatMap(KmsHandle::usage).orElse(null));
    }

    /** Returns the alias of an entry that is known to have a certificate. Makes no KMS call. */
    Optional<String> aliasOf(Certificate certificate) {
        return aliases(Lookup.KNOWN_ONLY).stream()
                .filter(alias -> leaf(alias, Lookup.KNOWN_ONLY)
                        .filter(certificate::equals)
                        .isPresent())
                // keys with equal key material can share a certificate: prefer one whose usage the certificate allows
                .min(Comparator.comparing(alias -> !isAllowedBy(certificate, alias)));
    }

    KmsSession session() {
        return certificates.session();
    }

    /** Returns the certificates of an entry for a purpose, leaf first. */
    List<X509Certificate> certificates(String alias, Lookup lookup, Purpose purpose) {
        List<X509Certificate> own =
                file.entry(alias).map(entry -> completed(entry, purpose)).orElse(List.of());
        return own.isEmpty()
                ? keyId(alias)
                        .map(id -> certificates.chain(id, lookup, purpose))
                        .orElse(List.of())
                : own;
    }

    /**
     * Returns the certificates of an entry for TLS, leaf first. Fails for a key pair that does not sign: its usage is
     * known and is not signing, or its certificate allows no signatures.
     */
    List<X509Certificate> certificatesForTls(String alias) {
        List<X509Certificate> chain = certificates(alias, Lookup.MAY_ASK, Purpose.TLS);
        if (!chain.isEmpty()) {
            keyId(alias).flatMap(session().keys()::known).ifPresent(TlsCheck::requireSigningKey);
            TlsCheck.requireSigningCertificate(chain.get(0));
        }
        return chain;
    }

    /** Returns the certificates of an entry, with issuers from other entries and from the setting certificates. */
    private List<X509Certificate> completed(FileEntry entry, Purpose purpose) {
        return entry.key().isEmpty() || entry.certificates().isEmpty()
                ? entry.certificates()
                : certificates.complete(entry.alias(), file.certificates().complete(entry.certificates()), purpose);
    }

    /** Returns the creation time of an entry. In the file, this is the time from which the certificate is valid. */
    Optional<Instant> created(String alias) {
        if (file.entry(alias).isPresent()) {
            return leaf(alias, Lookup.KNOWN_ONLY)
                    .map(certificate -> certificate.getNotBefore().toInstant());
        }
        return discovery == null ? Optional.empty() : discovery.created(alias);
    }

    /**
     * Adds a key. If the key has just been created in KMS, gives it the alias in KMS too.
     *
     * @throws KeyStoreException if the certificate belongs to another key, the key cannot have one, the entry is
     *     refused, or the KMS call fails
     */
    Entries withKey(String alias, KmsHandle key, List<X509Certificate> chain) throws KeyStoreException {
        if (!chain.isEmpty()) {
            LeafCheck.require(alias, key, chain.get(0));
        }
        Entries changed = with(alias, () -> FileEntry.ofKey(alias, key.id(), chain));
        try {
            aliasInKms(alias).ifPresent(name -> session().creation().nameIfNew(key, name));
            return isKeptByKms(alias, key) ? this : changed;
        } catch (KmsException e) {
            throw new KeyStoreException(e.getMessage(), e);
        }
    }

    /** Returns the KMS alias for an entry, or empty if KMS allows no alias with this name. */
    private static Optional<String> aliasInKms(String alias) {
        return KeyId.find(alias)
                .or(() -> KeyId.find(KeyId.ALIAS_PREFIX + alias))
                .filter(KeyId::isAlias)
                .map(KeyId::name);
    }

    /** Returns whether discovery already finds this secret key by its alias, so that nothing needs to be stored. */
    private boolean isKeptByKms(String alias, KmsHandle key) {
        return key instanceof MacHandle
                && discovered(alias)
                        .filter(id -> session().keys().handle(id).equals(key))
                        .isPresent();
    }

    Entries withTrusted(String alias, X509Certificate certificate) throws KeyStoreException {
        if (isKey(alias)) {
            throw new KeyStoreException("entry '" + alias + "' is a key; give the trusted certificate another alias");
        }
        return with(alias, () -> FileEntry.ofTrusted(alias, certificate));
    }

    /**
     * Removes an entry from the file; does nothing if there is none. If the last edit copied this entry, gives the
     * original the alias of the copy, so that its comments and its place stay: {@code keytool -changealias} copies an
     * entry and then removes the original.
     *
     * <p>For a discovered key whose tags can be written, removes the certificates, but not the key. Saving then removes
     * the certificates from the tags.
     *
     * @throws KeyStoreException for a discovered key whose tags cannot be written
     */
    Entries without(String alias) throws KeyStoreException {
        if (file.entry(alias).isPresent()) {
            KeystoreFile changed = copied != null && copied.original.equals(alias)
                    ? copied.before.rename(alias, copied.alias)
                    : file.delete(alias);
            return new Entries(changed, origin, discovery, certificates, null);
        }
        Optional<KeyId> key = discovered(alias);
        if (key.isEmpty()) {
            return this;
        }
        if (certificates.isWritable()) {
            return with(alias, () -> FileEntry.ofKey(alias, key.get(), List.of()));
        }
        throw new KeyStoreException("entry '" + alias + "' is a key in KMS, not an entry of a file; to hide it, use"
                + " the setting keys; to delete its alias, use 'aws kms delete-alias'");
    }

    /** Returns whether there are unsaved changes. */
    @SuppressWarnings("ReferenceEquality") // each edit creates another object
    boolean isEdited() {
        return origin == null ? !file.aliases().isEmpty() : origin != file;
    }

    /** Returns the same entries, marked as saved. */
    Entries saved() {
        return new Entries(file, file, discovery, certificates, null);
    }

    /**
     * Writes the certificates of the added entries into the tags of their keys. Returns the entries as saved.
     *
     * @throws IOException if the entries come from a file, the setting {@code certificate-tags} does not allow it, the
     *     tags have no room, an entry has no key, or discovery does not find the key by the name of the entry
     */
    Entries savedToKeys() throws IOException {
        if (discovery == null || !certificates.isWritable()) {
            throw new IOException(
                    origin == null
                            ? "without a keystore file, " + added() + " cannot be saved; use -keystore FILE instead of"
                                    + " NONE (in a program, pass a stream to store), or set certificate-tags=write to"
                                    + " keep certificates in the tags of the keys"
                            : "this store was loaded from a keystore file or saved to one, so its changes cannot be"
                                    + " saved without a file; pass a stream or KmsLoadStoreParameter.ofFile to store");
        }
        List<FileEntry> kept = file.aliases().stream()
                .flatMap(alias -> file.entry(alias).stream())
                .toList();
        for (FileEntry entry : kept) {
            requireFoundByName(entry);
        }
        for (FileEntry entry : kept) {
            certificates.writeToTags(entry.key().orElseThrow(), entry.certificates());
        }
        return new Entries(KeystoreFile.empty(), null, discovery, certificates, null);
    }

    /**
     * Checks that the entry has a key, and that discovery finds the key by the entry's name. Otherwise discovery would
     * not find the certificates in the tags of the key.
     */
    private void requireFoundByName(FileEntry entry) throws IOException {
        String alias = entry.alias();
        KeyId key = entry.key()
                .orElseThrow(() -> new IOException("trusted certificate '" + alias
                        + "' has no key whose tags could keep it; use a keystore file"));
        Optional<KeyId> found =
                Optional.ofNullable(session().settings().names().get(alias)).or(() -> KeyId.find(alias));
        if (found.filter(id ->
                        session().keys().handle(id).equals(session().keys().handle(key)))
                .isEmpty()) {
            throw new IOException("the entry name '" + alias + "' does not lead to key " + key
                    + ", so the certificates in the key's tags would not be found; name the entry after an alias of"
                    + " the key (alias/NAME), or set key." + alias + "=" + key);
        }
    }

    /** Returns the added entries for an error text, with their keys: KMS may just have created one of them. */
    private String added() {
        return file.aliases().stream()
                .flatMap(alias -> file.entry(alias).stream())
                .map(entry -> "entry '" + entry.alias() + "'"
                        + entry.key().map(key -> " of key " + key).orElse(""))
                .collect(Collectors.joining(", "));
    }

    private Entries with(String alias, Supplier<FileEntry> entry) throws KeyStoreException {
        try {
            FileEntry fresh = entry.get();
            // if the settings refuse the key, the file could be saved but never loaded again
            fresh.key().ifPresent(key -> session().settings().requireAllowed("entry '" + alias + "'", key));
            Copy copy = copy(fresh).orElse(null);
            return new Entries(file.put(fresh), origin, discovery, certificates, copy);
        } catch (IllegalArgumentException refused) {
            throw new KeyStoreException(refused.getMessage(), refused);
        } catch (CertificateEncodingException e) {
            throw new KeyStoreException("a certificate of entry '" + alias + "' has no encoding: " + e.getMessage(), e);
        }
    }

    /** Returns which entry a new entry copies; empty if it copies none, or if it replaces an entry. */
    private Optional<Copy> copy(FileEntry fresh) {
        if (file.entry(fresh.alias()).isPresent()) {
            return Optional.empty();
        }
        return file.aliases().stream()
                .flatMap(alias -> file.entry(alias).stream())
                // keytool copies the completed chain, which getCertificateChain returned
                .filter(entry -> fresh.hasSameContent(entry.withChain(completed(entry, Purpose.SIGNATURE))))
                .map(original -> new Copy(fresh.alias(), original.alias(), file))
                .findFirst();
    }
}
