package io.github.kmsjca.cli;

import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asks KMS about the keys of entries, several at the same time. */
final class KeyLookup {
    private static final int THREADS = 8;

    private final Store store;
    private final KmsProbe probe;
    private final BlockingQueue<KeyStore> keyStores = new ArrayBlockingQueue<>(THREADS);

    /**
     * A failure of DescribeKey that other keys would have too, such as expired credentials; null if there was none.
     * After such a failure, no other key is described.
     */
    private volatile @Nullable KmsException generalFailure;

    /** Creates a look-up. A KeyStore guesses from earlier calls what its caller wants, so each thread gets its own. */
    KeyLookup(Store store, KmsProbe probe, StoreOptions options) throws GeneralSecurityException, IOException {
        this.store = store;
        this.probe = probe;
        for (int count = 0; count < THREADS; count++) {
            keyStores.add(options.open());
        }
    }

    /** Returns why key states are not known; empty if only single keys failed, or none did. */
    Optional<KmsException> generalFailure() {
        return Optional.ofNullable(generalFailure);
    }

    /** Returns the entries with these aliases, in the given order. */
    List<ListedEntry> all(List<String> aliases, Progress progress)
            throws GeneralSecurityException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<ListedEntry> entries = new ArrayList<>();
        try {
            List<Future<ListedEntry>> running = new ArrayList<>();
            for (String alias : aliases) {
                running.add(threads.submit(() -> {
                    ListedEntry entry = entry(alias);
                    progress.count();
                    return entry;
                }));
            }
            for (Future<ListedEntry> each : running) {
                entries.add(each.get());
            }
            return entries;
        } catch (ExecutionException e) {
            // the entries are in the order of the aliases, so the next alias is the one that failed
            throw failure(aliases.get(entries.size()), e.getCause());
        } finally {
            threads.shutdownNow();
            progress.hide();
        }
    }

    private static GeneralSecurityException failure(String alias, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof GeneralSecurityException checked
                ? checked
                : new KeyStoreException("looking up entry '" + alias + "' failed: " + cause, cause);
    }

    private ListedEntry entry(String alias) throws GeneralSecurityException, InterruptedException {
        KeyStore keyStore = keyStores.take();
        try {
            return entry(keyStore, alias);
        } finally {
            keyStores.add(keyStore);
        }
    }

    /** Looks an entry up. An error is part of the result, so that the other entries are listed. */
    private ListedEntry entry(KeyStore keyStore, String alias) throws GeneralSecurityException {
        ListedEntry.Key known;
        try {
            known = describe(alias).map(ListedEntry.Key::of).orElse(null);
        } catch (KmsException unusable) {
            return new ListedEntry(
                    alias,
                    keyInFile(keyStore, alias),
                    certificateInFile(keyStore, alias),
                    String.valueOf(unusable.getMessage()));
        }
        if (known != null && !known.isUsable()) {
            return new ListedEntry(alias, known, certificateInFile(keyStore, alias), null);
        }
        try {
            // fails if the provider cannot use the key
            Key key = keyStore.getKey(alias, null);
            if (known == null && key instanceof KmsKey kmsKey) {
                known = ListedEntry.Key.of(kmsKey);
            }
            return new ListedEntry(alias, known, certificate(keyStore, alias), null);
        } catch (ProviderException unusable) {
            return new ListedEntry(alias, known, null, String.valueOf(unusable.getMessage()));
        }
    }

    /** Returns what the file says about a key that cannot be used; null if it has no such key. Makes no KMS call. */
    private ListedEntry.@Nullable Key keyInFile(KeyStore keyStore, String alias) throws GeneralSecurityException {
        Optional<KeyId> id = store.idInFile(alias);
        if (id.isEmpty()) {
            return null;
        }
        // without a certificate in the entry, getKey would ask KMS for the public key
        boolean hasCertificate = store.file()
                .flatMap(file -> file.entry(alias))
                .filter(entry -> !entry.certificates().isEmpty())
                .isPresent();
        try {
            return hasCertificate && keyStore.getKey(alias, null) instanceof KmsKey key
                    ? ListedEntry.Key.of(key)
                    : ListedEntry.Key.of(id.get());
        } catch (ProviderException unusable) {
            return ListedEntry.Key.of(id.get());
        }
    }

    /** Returns the certificate of a key that cannot be used; null if finding it could cause a request. */
    private @Nullable X509Certificate certificateInFile(KeyStore keyStore, String alias)
            throws GeneralSecurityException {
        return store.file().isPresent() ? certificate(keyStore, alias) : null;
    }

    static @Nullable X509Certificate certificate(KeyStore entries, String alias) throws GeneralSecurityException {
        return entries.getCertificate(alias) instanceof X509Certificate certificate ? certificate : null;
    }

    /**
     * Returns the description of the key of an entry; empty if the entry has no key, or if KMS does not describe it. A
     * missing permission for DescribeKey does not matter, because the key can be usable without it.
     *
     * @throws KmsException if the request fails because of this key, for example because it does not exist
     */
    private Optional<KeyDescription> describe(String alias) throws KeyStoreException {
        Optional<KeyId> id = store.path().isPresent() ? store.idInFile(alias) : Optional.of(store.idInAccount(alias));
        if (id.isEmpty() || generalFailure != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(probe.describe(id.get()));
        } catch (KmsException e) {
            if (!KmsErrors.concernsKey(e)) {
                generalFailure = e;
            } else if (!KmsErrors.isDenied(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
