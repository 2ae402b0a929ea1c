package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.certificate.Purpose;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.keystore.CallerIntent.Intent;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.library.Library;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.UnrecoverableEntryException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The KeyStore {@code AWSKMS}: KMS keys and their certificates, from a keystore file or, without a file, discovered in
 * the account. Ignores passwords, because it holds no secrets. Thread-safe.
 */
public final class KmsKeyStore extends KeyStoreSpi {
    private final KmsStores stores;
    private final CallerIntent caller = new CallerIntent();
    private volatile @Nullable Loaded present;

    /** Whether nobody has used the store since it was loaded without a file and without a parameter. */
    private volatile boolean isUnused;

    /** Creates an engine. Does no I/O. */
    public KmsKeyStore(KmsStores stores) {
        this.stores = stores;
    }

    @Override
    public boolean engineProbe(InputStream stream) throws IOException {
        return KeystoreFile.probe(stream);
    }

    /**
     * Loads a keystore file. Without a stream, the entries are discovered: the keys that the settings name, or the
     * aliases of the account. Makes no KMS call: discovery asks KMS only when it needs an answer.
     */
    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) throws IOException {
        Library.BOUNCY_CASTLE.require();
        if (stream == null) {
            load(discovered(stores.session()), null);
            isUnused = true;
        } else {
            KeystoreFile content = KeystoreFile.read(stream);
            load(Entries.of(content, stores.certificates(stores.session(content))), null);
        }
    }

    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
        Library.BOUNCY_CASTLE.require();
        if (!(parameter instanceof KmsLoadStoreParameter typed)) {
            engineLoad(null, null);
        } else if (typed.file().isEmpty()) {
            load(discovered(stores.session(SettingSource.parameter(typed))), null);
        } else {
            StoreFile known = new StoreFile(typed.file().get(), SettingSource.parameter(typed), stores);
            load(known.read(), known);
        }
    }

    private Entries discovered(KmsSession session) {
        return Entries.discovered(stores.certificates(session));
    }

    private synchronized void load(Entries fresh, @Nullable StoreFile origin) {
        present = new Loaded(fresh, origin);
        isUnused = false;
    }

    /**
     * Writes the keystore file. Unchanged entries keep their bytes. Without a stream, writes the certificates of
     * changed entries into the tags of their keys.
     */
    @Override
    public synchronized void engineStore(@Nullable OutputStream stream, char @Nullable [] password) throws IOException {
        Entries current = loaded();
        if (stream != null) {
            stream.write(current.file().toBytes());
            present = new Loaded(current.saved(), null);
        } else if (current.isEdited()) {
            replace(current.savedToKeys());
        }
    }

    @Override
    public synchronized void engineStore(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
        if (parameter instanceof KmsLoadStoreParameter typed && typed.file().isPresent()) {
            Entries current = loaded();
            current.file().save(typed.file().get(), current.origin());
            StoreFile known = present().file();
            // after saving to another path, the entries no longer come from the file that was loaded
            boolean isSame = known != null && known.isAt(typed.file().get());
            present = new Loaded(current.saved(), isSame ? known : null);
        } else {
            engineStore(null, null);
        }
    }

    /** Returns the entries, which are read again if the file has changed. From now on, the store is in use. */
    private Entries loaded() {
        Loaded before = present();
        // a write in each call would slow down other threads
        if (isUnused) {
            isUnused = false;
        }
        return replaced(before, before.renewed()).entries();
    }

    private Loaded present() {
        Loaded current = present;
        if (current == null) {
            // java.security.KeyStore passes no call on before load has succeeded
            throw new ProviderBug("the KeyStore is used before it is loaded");
        }
        return current;
    }

    /** Replaces the entries, unless another thread has done so meanwhile. Returns the entries that are now in use. */
    @SuppressWarnings("ReferenceEquality") // each edit and each read creates another object
    private Loaded replaced(Loaded before, Loaded after) {
        if (before == after) {
            return before;
        }
        synchronized (this) {
            if (present == before) {
                present = after;
            }
            return present();
        }
    }

    /** Replaces the entries by edited ones. Their file stays the same. */
    private synchronized void replace(Entries edited) {
        present = present().with(edited);
    }

    /**
     * Returns the entries to edit. If a program loads a store without a file, and then adds an entry before it asks for
     * anything, it wants a new store in memory that contains only this entry. So it gets no discovered entries, unless
     * the tags of keys can keep the new entry.
     */
    private Entries editable() {
        boolean isNew = isUnused;
        Entries current = loaded();
        return isNew ? current.emptyUnlessWritable() : current;
    }

    @Override
    public Enumeration<String> engineAliases() {
        caller.noteAliases();
        return Collections.enumeration(loaded().aliases(Lookup.MAY_ASK));
    }

    @Override
    public int engineSize() {
        caller.noteSize();
        return loaded().aliases(Lookup.MAY_ASK).size();
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        caller.noteContains(alias);
        return caller.ofType() == Intent.LIST ? loaded().contains(alias) : loaded().exists(alias);
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        caller.noteIsKey(alias);
        Entries current = loaded();
        boolean exists = current.isKey(alias) && current.exists(alias);
        if (!exists) {
            stores.unknown().checkConfigured(current, alias);
        }
        return exists;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        Entries current = loaded();
        return current.contains(alias) && !current.isKey(alias);
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> type) {
        caller.noteEntryType(alias);
        if (type == KeyStore.TrustedCertificateEntry.class) {
            return engineIsCertificateEntry(alias);
        }
        boolean asksForSecret = type == KeyStore.SecretKeyEntry.class;
        Entries current = loaded();
        return (asksForSecret || type == KeyStore.PrivateKeyEntry.class)
                && current.isKey(alias)
                && (caller.ofType() == Intent.LIST || current.exists(alias))
                && isSecret(current, alias) == asksForSecret;
    }

    /**
     * Returns whether KMS says that the key is a secret key. A key that has a certificate in the file, or cannot be
     * used, counts as a key pair. While the caller lists entries, a key that is not cached also counts as a key pair.
     */
    private boolean isSecret(Entries current, String alias) {
        if (current.hasOwnCertificate(alias)) {
            return false;
        }
        Optional<KmsHandle> key = current.key(alias, Lookup.KNOWN_ONLY);
        if (key.isEmpty() && caller.ofType() != Intent.LIST) {
            key = stores.unusable().orEmpty(current, alias, () -> current.key(alias, Lookup.MAY_ASK));
        }
        return key.filter(MacHandle.class::isInstance).isPresent();
    }

    /**
     * Returns the handle of a key entry. Returns null if there is no such key entry, or if it is not in the file and
     * KMS has no such key. To a caller that tries all keys, also returns null for a key that cannot be used.
     *
     * @throws java.security.ProviderException if the KMS call fails. After an UnrecoverableKeyException, jarsigner
     *     would ask for a password.
     */
    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) {
        Entries current = loaded();
        try {
            Optional<KmsHandle> key = caller.ofKey(alias) == Intent.TRY
                    ? usable(current, alias, () -> current.keyForTls(alias), Optional.<KmsHandle>empty())
                    : current.existingKey(alias);
            if (key.isEmpty()) {
                stores.unknown().check(current, alias);
            }
            return key.orElse(null);
        } finally {
            caller.endWithKey(alias);
        }
    }

    /** Returns the result of the request; {@code otherwise} for an unusable key, so that it hides no other key. */
    private <T> T usable(Entries current, String alias, Supplier<T> request, T otherwise) {
        return stores.unusable().orSkip(current, alias, request, otherwise);
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        Entries current = loaded();
        if (!current.isKey(alias)) {
            stores.unknown().check(current, alias);
            return null;
        }
        List<X509Certificate> chain = chain(current, alias);
        return chain.isEmpty() ? null : chain.toArray(Certificate[]::new);
    }

    private List<X509Certificate> chain(Entries current, String alias) {
        Intent intent = caller.ofChain(alias);
        if (intent == Intent.LIST && current.mayHaveManyEntries()) {
            return current.certificates(alias, Lookup.KNOWN_ONLY, purpose(intent));
        }
        return intent == Intent.TRY
                ? usable(current, alias, () -> checked(alias, current.certificatesForTls(alias)), List.of())
                : checked(alias, current.certificates(alias, Lookup.MAY_ASK, purpose(intent)));
    }

    /** Returns what the caller probably wants to do with the key. Only the key managers of TLS try all entries. */
    private static Purpose purpose(Intent intent) {
        return intent == Intent.TRY ? Purpose.TLS : Purpose.SIGNATURE;
    }

    /** Returns the chain of an entry. Warns once about each of its certificates that is not valid now. */
    private List<X509Certificate> checked(String alias, List<X509Certificate> chain) {
        stores.expiry().check(alias, chain);
        return chain;
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        Entries current = loaded();
        Lookup lookup = caller.ofCertificate(alias) == Intent.LOOK_UP ? Lookup.MAY_ASK : Lookup.KNOWN_ONLY;
        return current.leaf(alias, lookup).orElse(null);
    }

    /**
     * Returns the alias of an entry that is known to have this certificate. Makes no KMS call, because keytool calls
     * this method for each certificate that it checks, for example while it lists entries.
     */
    @Override
    public @Nullable String engineGetCertificateAlias(@Nullable Certificate certificate) {
        return certificate == null ? null : loaded().aliasOf(certificate).orElse(null);
    }

    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
        return loaded().created(alias).map(Date::from).orElse(null);
    }

    /**
     * Returns an entry; null if there is none with this alias.
     *
     * @throws UnrecoverableEntryException for a key pair without certificate, because a PrivateKeyEntry needs one
     * @throws KeyStoreException instead, if there is no protection parameter: after an UnrecoverableEntryException,
     *     keytool would ask for a password
     */
    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws KeyStoreException, UnrecoverableEntryException {
        Purpose purpose = purpose(caller.ofEntry());
        caller.end();
        Entries current = loaded();
        if (!current.exists(alias)) {
            return null;
        }
        List<X509Certificate> chain = checked(alias, current.certificates(alias, Lookup.MAY_ASK, purpose));
        if (!current.isKey(alias)) {
            return new KeyStore.TrustedCertificateEntry(chain.get(0));
        }
        if (chain.isEmpty() && current.key(alias, Lookup.MAY_ASK).orElseThrow() instanceof MacHandle secret) {
            return new KeyStore.SecretKeyEntry(secret);
        }
        if (chain.isEmpty()) {
            String reason = "entry '" + alias + "' has a key but no certificate; add one to the keystore file or to the"
                    + " setting certificates, or make a new entry with keytool -genkeypair and the setting adopt";
            if (protection == null) {
                throw new KeyStoreException(reason);
            }
            throw new UnrecoverableEntryException(reason);
        }
        return new KeyStore.PrivateKeyEntry(
                (PrivateKey) current.key(alias, Lookup.MAY_ASK).orElseThrow(), chain.toArray(Certificate[]::new));
    }

    @Override
    public void engineSetEntry(String alias, KeyStore.Entry entry, KeyStore.@Nullable ProtectionParameter protection)
            throws KeyStoreException {
        if (entry instanceof KeyStore.PrivateKeyEntry key) {
            engineSetKeyEntry(alias, key.getPrivateKey(), null, key.getCertificateChain());
        } else if (entry instanceof KeyStore.SecretKeyEntry key) {
            engineSetKeyEntry(alias, key.getSecretKey(), null, null);
        } else if (entry instanceof KeyStore.TrustedCertificateEntry trusted) {
            engineSetCertificateEntry(alias, trusted.getTrustedCertificate());
        } else {
            throw new KeyStoreException("an AWSKMS keystore has no entries of type "
                    + entry.getClass().getName());
        }
    }

    @Override
    public synchronized void engineSetKeyEntry(
            String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        KmsHandle ours = KeyCheck.require(alias, key);
        replace(editable().withKey(alias, ours, x509(chain == null ? new Certificate[0] : chain)));
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate @Nullable [] chain) throws KeyStoreException {
        throw new KeyStoreException("entry '" + alias + "' cannot be set to an encrypted key: this store keeps no keys;"
                + " pass the key as an object that AWSKMS returned");
    }

    @Override
    public synchronized void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        replace(editable().withTrusted(alias, x509(certificate).get(0)));
    }

    @Override
    public synchronized void engineDeleteEntry(String alias) throws KeyStoreException {
        replace(loaded().without(alias));
    }

    private static List<X509Certificate> x509(Certificate... chain) throws KeyStoreException {
        for (Certificate certificate : chain) {
            if (!(certificate instanceof X509Certificate)) {
                throw new KeyStoreException(
                        "an AWSKMS keystore has only X.509 certificates, not " + certificate.getType());
            }
        }
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }
}
