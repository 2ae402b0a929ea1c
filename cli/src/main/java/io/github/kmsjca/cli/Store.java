package io.github.kmsjca.cli;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.keystore.file.FileEntry;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.KmsSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.util.Optional;

/**
 * Where the options lead: a keystore file or the account, and KMS with the settings of both. Keys are always asked for
 * in KMS: what a certificate says of a key may be what is wrong.
 *
 * @param path the keystore file that was named
 * @param file what it holds, empty if there is none yet
 */
record Store(Optional<Path> path, Optional<KeystoreFile> file, KmsSession session) {

    /** Reads the file and the settings; no request is made. */
    static Store of(StoreOptions options) throws IOException {
        Optional<Path> path = options.file();
        Optional<KeystoreFile> file =
                path.isPresent() && Files.exists(path.get()) ? Optional.of(read(path.get())) : Optional.empty();
        Configuration configuration = options.configuration();
        KmsSettings settings = file.isPresent() ? file.get().settings(configuration) : configuration.settings();
        return new Store(path, file, new KmsSessions().of(settings));
    }

    private static KeystoreFile read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is no file");
        }
        return KeystoreFile.read(path);
    }

    /** Returns this store, whose file is there if one was named. */
    Store requireFile() throws IOException {
        if (path.isPresent() && file.isEmpty()) {
            throw new IOException("there is no file " + path.get());
        }
        return this;
    }

    /** Returns the handle to a key, with the public key that KMS tells. */
    PairHandle key(String name) throws KeyStoreException {
        return session.keys().pair(id(name));
    }

    /** Returns the identifier of a key: of an entry of the file, or in the account what the settings or the user say. */
    KeyId id(String name) throws KeyStoreException {
        if (path.isPresent()) {
            return entryId(name)
                    .orElseThrow(() -> new KeyStoreException(path.get() + " has no key entry '" + name + "'"));
        }
        return accountId(name);
    }

    /** Returns the identifier of the key of an entry of the file. */
    Optional<KeyId> entryId(String alias) {
        return file.flatMap(it -> it.entry(alias)).flatMap(FileEntry::key);
    }

    /** Returns the identifier of a key that is in no file. */
    KeyId accountId(String name) throws KeyStoreException {
        return Optional.ofNullable(session.settings().names().get(name))
                .or(() -> KeyId.find(name))
                .orElseThrow(() -> new KeyStoreException("'" + name
                        + "' is no key id, key ARN, alias/NAME or alias ARN," + " nor named by a setting key." + name));
    }
}
