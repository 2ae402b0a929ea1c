package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.keystore.file.FileEntry;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.security.KeyStoreException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of a loaded store: those of its file, and without a file those of discovery. Immutable: an edit returns
 * the entries as they are after it.
 *
 * @param file the file, empty for discovery, where it takes what is added
 * @param origin the file as it was loaded or last saved; empty if it was neither
 * @param discovery empty for a store loaded from a file
 * @param certificates of the keys that have none in the file
 * @param copied the entry that the last edit added, if it says the same as another
 */
record Entries(
        KeystoreFile file,
        Optional<KeystoreFile> origin,
        Optional<Discovery> discovery,
        KeyCertificates certificates,
        Optional<Copy> copied) {

    /** An entry that is the same as another but for its alias, and the file before it was added. */
    record Copy(String alias, String original, KeystoreFile before) {}

    static Entries of(KeystoreFile file, KeyCertificates certificates) {
        return new Entries(file, Optional.of(file), Optional.empty(), certificates, Optional.empty());
    }

    static Entries discovered(KeyCertificates certificates) {
        Discovery discovery = new Discovery(certificates.session());
        return new Entries(
                KeystoreFile.empty(), Optional.empty(), Optional.of(discovery), certificates, Optional.empty());
    }

    /** Returns the aliases of all entries. */
    List<String> aliases(Lookup lookup) {
        return with(discovery.map(it -> it.aliases(lookup)).orElse(List.of()));
    }

    private List<String> with(List<String> discovered) {
        return Stream.concat(file.aliases().stream(), discovered.stream())
                .distinct()
                .toList();
    }

    /** Returns whether there may be very many entries, since the settings do not name each one. */
    boolean isLong() {
        return discovery.filter(it -> !it.isNamed()).isPresent();
    }

    boolean contains(String alias) {
        return file.entry(alias).isPresent() || isDiscovered(alias);
    }

    /** Returns whether there is an entry; asks KMS where a key may be about to be made by that alias. */
    boolean exists(String alias) {
        return file.entry(alias).isPresent()
                || discovery.filter(it -> !it.isMissing(alias)).isPresent();
    }

    boolean isKey(String alias) {
        return file.entry(alias).map(entry -> entry.key().isPresent()).orElseGet(() -> isDiscovered(alias));
    }

    private boolean isDiscovered(String alias) {
        return discovered(alias).isPresent();
    }

    private Optional<KeyId> discovered(String alias) {
        return discovery.flatMap(it -> it.id(alias));
    }

    /** Returns the handle of a key entry: without a call if the file has its certificate. */
    Optional<KmsHandle> key(String alias, Lookup lookup) {
        Optional<FileEntry> entry = file.entry(alias);
        Optional<KeyId> id = entry.isPresent() ? entry.flatMap(FileEntry::key) : discovered(alias);
        Optional<X509Certificate> certificate = entry.flatMap(this::ownLeaf);
        return id.flatMap(it -> certificate.isPresent()
                ? Optional.of(session().keys().pair(it, PublicKeys.of(certificate.get())))
                : session().keys().find(it, lookup));
    }

    /** Returns the certificate that an entry of the file has for its key, without looking for issuers. */
    private Optional<X509Certificate> ownLeaf(FileEntry entry) {
        return file.certificates().order(entry.certificates()).stream().findFirst();
    }

    /** Returns the first certificate of an entry. */
    Optional<X509Certificate> leaf(String alias, Lookup lookup) {
        return file.entry(alias)
                .flatMap(this::ownLeaf)
                .or(() -> certificates(alias, lookup).stream().findFirst());
    }

    KmsSession session() {
        return certificates.session();
    }

    /** Returns the certificates of an entry, leaf first. */
    List<X509Certificate> certificates(String alias, Lookup lookup) {
        Optional<FileEntry> entry = file.entry(alias);
        Optional<KeyId> key = entry.isPresent() ? entry.flatMap(FileEntry::key) : discovered(alias);
        return entry.map(this::completed)
                .filter(own -> !own.isEmpty())
                .orElseGet(() -> key.map(id -> certificates.chain(id, lookup)).orElse(List.of()));
    }

    /** Returns the chain of an entry with the issuers that the file and the setting have elsewhere. */
    private List<X509Certificate> completed(FileEntry entry) {
        return entry.key().isEmpty() || entry.certificates().isEmpty()
                ? entry.certificates()
                : certificates.complete(entry.alias(), file.certificates().complete(entry.certificates()));
    }

    /** Returns when an entry came to be: for one in the file, the begin of its certificate's validity. */
    Optional<Instant> created(String alias) {
        return file.entry(alias).isPresent()
                ? leaf(alias, Lookup.KNOWN_ONLY)
                        .map(certificate -> certificate.getNotBefore().toInstant())
                : discovery.flatMap(it -> it.created(alias));
    }

    /** Adds a key, which is given the alias in KMS too if it has just been made there. */
    Entries withKey(String alias, KmsHandle key, List<X509Certificate> chain) throws KeyStoreException {
        if (!chain.isEmpty() && !belongs(chain.get(0), key)) {
            throw new KeyStoreException("the certificate for entry '" + alias + "' ("
                    + ForeignText.of(chain.get(0).getSubjectX500Principal()) + ") does not belong to " + key
                    + "; ask the CA for one with a request made by this key");
        }
        Entries changed = with(alias, () -> FileEntry.ofKey(alias, key.id(), chain));
        try {
            aliasInKms(alias).ifPresent(name -> session().creation().nameIfNew(key, name));
            return isKeptByKms(alias, key) ? this : changed;
        } catch (KmsException e) {
            throw new KeyStoreException(e.getMessage(), e);
        }
    }

    /** Returns what an entry is called in KMS, or empty if no alias there can be called so. */
    private static Optional<String> aliasInKms(String alias) {
        return KeyId.find(alias)
                .or(() -> KeyId.find(KeyId.ALIAS_PREFIX + alias))
                .filter(KeyId::isAlias)
                .map(KeyId::name);
    }

    /** Of a secret key that discovery finds by its alias there is nothing to keep. */
    private boolean isKeptByKms(String alias, KmsHandle key) {
        return key instanceof MacHandle
                && discovered(alias)
                        .filter(id -> session().keys().handle(id).equals(key))
                        .isPresent();
    }

    private static boolean belongs(X509Certificate certificate, KmsHandle key) {
        return key instanceof PairHandle pair && PublicKeys.of(certificate).equals(pair.publicKey());
    }

    Entries withTrusted(String alias, X509Certificate certificate) throws KeyStoreException {
        if (isKey(alias)) {
            throw new KeyStoreException("entry '" + alias + "' is a key; give the trusted certificate another alias");
        }
        return with(alias, () -> FileEntry.ofTrusted(alias, certificate));
    }

    /**
     * Takes an entry out of the file; no key in KMS is touched. If it has just been copied, the file is as if it had
     * got another alias: that is how {@code keytool -changealias} does it, and comments and place are to stay.
     */
    Entries without(String alias) throws KeyStoreException {
        if (file.entry(alias).isEmpty() && isDiscovered(alias) && certificates.isWritable()) {
            KeyId key = discovered(alias).orElseThrow();
            return with(alias, () -> FileEntry.ofKey(alias, key, List.of()));
        }
        if (file.entry(alias).isEmpty()) {
            throw new KeyStoreException(
                    isDiscovered(alias)
                            ? "entry '" + alias + "' is a key that KMS offers, not one of a file; to hide it use the"
                                    + " setting keys, to delete the alias 'aws kms delete-alias'"
                            : "there is no entry '" + alias + "'");
        }
        return with(copied.filter(copy -> copy.original.equals(alias))
                .map(copy -> copy.before.rename(alias, copy.alias))
                .orElseGet(() -> file.delete(alias)));
    }

    /** Returns whether there is anything to save. */
    @SuppressWarnings("ReferenceEquality") // each edit makes another file
    boolean isEdited() {
        return origin.map(it -> it != file).orElse(!file.aliases().isEmpty());
    }

    /** Returns the same entries with nothing left to save. */
    Entries saved() {
        return new Entries(file, Optional.of(file), discovery, certificates, Optional.empty());
    }

    /**
     * Writes what discovery has been given to keep into the tags of the keys.
     *
     * @throws IOException if the setting {@code certificate-tags} does not allow it, or the tags have no room
     */
    Entries savedToKeys() throws IOException {
        if (discovery.isEmpty() || !certificates.isWritable()) {
            throw new IOException("there is no file to keep " + added() + " in; name one with -keystore FILE instead of"
                    + " NONE, or keep certificates with the keys by the setting certificate-tags=write");
        }
        List<FileEntry> kept = file.aliases().stream()
                .flatMap(alias -> file.entry(alias).stream())
                .toList();
        for (FileEntry entry : kept) {
            requireKnown(entry);
        }
        for (FileEntry entry : kept) {
            certificates.keep(entry.key().orElseThrow(), entry.certificates());
        }
        return new Entries(KeystoreFile.empty(), Optional.empty(), discovery, certificates, Optional.empty());
    }

    /** Certificates in the tags of a key have to be found again by the name that discovery gives the key. */
    private void requireKnown(FileEntry entry) throws IOException {
        String alias = entry.alias();
        KeyId key = entry.key()
                .orElseThrow(() -> new IOException("trusted certificate '" + alias
                        + "' belongs to no key that could keep it; use a keystore file"));
        Optional<KeyId> meant =
                Optional.ofNullable(session().settings().names().get(alias)).or(() -> KeyId.find(alias));
        if (meant.filter(id ->
                        session().keys().handle(id).equals(session().keys().handle(key)))
                .isEmpty()) {
            throw new IOException("discovery does not find key " + key + " by the name '" + alias
                    + "'; use an alias/NAME of the key, or the setting key." + alias + "=" + key);
        }
    }

    /** Returns what discovery has been given to keep, with the keys, one of which may just have been made in KMS. */
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
            return new Entries(file.put(fresh), origin, discovery, certificates, copy(fresh));
        } catch (IllegalArgumentException | CertificateEncodingException e) {
            throw new KeyStoreException(
                    "entry '" + alias + "' cannot be written to a keystore file: " + e.getMessage(), e);
        }
    }

    private Optional<Copy> copy(FileEntry fresh) {
        return file.entry(fresh.alias()).isPresent()
                ? Optional.empty()
                : file.aliases().stream()
                        .filter(alias -> file.entry(alias)
                                .filter(entry -> fresh.saysTheSame(entry.withChain(completed(entry))))
                                .isPresent())
                        .map(alias -> new Copy(fresh.alias(), alias, file))
                        .findFirst();
    }

    private Entries with(KeystoreFile changed) {
        return new Entries(changed, origin, discovery, certificates, Optional.empty());
    }
}
