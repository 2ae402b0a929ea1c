package io.github.kmsjca.cli;

import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.keystore.file.FileEntry;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.NearestName;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that the options select, in a keystore file or in the account, and the KMS session with all settings. Always
 * asks KMS for the public key, because the certificate in the file may be wrong.
 *
 * @param path the path of the keystore file, if one was named
 * @param file the keystore file, if it exists
 */
record Store(Optional<Path> path, Optional<KeystoreFile> file, KmsSession session) {

    /** Reads the file, if it exists, and the settings. Makes no request. */
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
            throw new IOException(path + (Files.isDirectory(path) ? " is a folder" : " is not a regular file")
                    + "; name a keystore file");
        }
        return KeystoreFile.read(path);
    }

    /** Returns this store. Fails if the options name a file that does not exist. */
    Store requireNamedFileExists() throws IOException {
        if (path.isPresent() && file.isEmpty()) {
            throw new IOException("there is no file " + path.get());
        }
        return this;
    }

    /** Returns the handle of a key pair, with the public key from KMS. */
    PairHandle pair(KeyId id) {
        try {
            return session.keys().pair(id);
        } catch (KmsException e) {
            throw withAdvice(id, e);
        }
    }

    /** Returns the handle of a key. */
    KmsHandle handle(KeyId id) {
        try {
            return session.keys().handle(id);
        } catch (KmsException e) {
            throw withAdvice(id, e);
        }
    }

    /**
     * Returns the failure. If KMS has no such alias and none is suggested, the text says how to list the aliases. An
     * alias ARN can name another account or Region, whose aliases that command does not list.
     */
    private KmsException withAdvice(KeyId id, KmsException failure) {
        boolean isUnknownAlias = id.isAliasName() && KmsErrors.isUnknownKey(failure);
        return isUnknownAlias && session.aliases().nearest(id.name()).isEmpty()
                ? KmsErrors.withAdvice(failure, "'" + Main.NAME + " list' lists the aliases")
                : failure;
    }

    /** Returns the identifiers of keys by name: of the given keys or, if none are given, of all keys of the file. */
    Map<String, KeyId> ids(List<String> names) throws KeyStoreException {
        List<String> wanted = names.isEmpty()
                ? file.map(KeystoreFile::aliases).orElse(List.of()).stream()
                        .filter(alias -> idInFile(alias).isPresent())
                        .toList()
                : names;
        Map<String, KeyId> ids = new LinkedHashMap<>();
        for (String name : wanted) {
            ids.put(name, id(name));
        }
        return ids;
    }

    /**
     * Returns the identifier of a key. If the options name a file, {@code name} is the alias of an entry. Otherwise,
     * {@code name} is a name from the setting {@code key.<alias>}, or a key identifier.
     *
     * @throws KeyStoreException if there is no such entry, or {@code name} is not a key identifier
     */
    KeyId id(String name) throws KeyStoreException {
        if (path.isPresent()) {
            return idInFile(name).orElseThrow(() -> new KeyStoreException(missingEntryText(path.get(), name)));
        }
        return idInAccount(name);
    }

    private String missingEntryText(Path named, String name) {
        String suggestion = nearestEntry(name);
        return named + " has no key entry '" + name + "'"
                + (suggestion.isEmpty()
                        ? "; '" + Main.NAME + " list --keystore " + named + "' lists the entries"
                        : suggestion);
    }

    /** Returns the identifier of the key of an entry in the file; empty if there is no such entry or it has no key. */
    Optional<KeyId> idInFile(String alias) {
        return file.flatMap(keystore -> keystore.entry(alias)).flatMap(FileEntry::key);
    }

    /** Returns the identifier of a key that is not in the file: one that the settings name, or a key identifier. */
    KeyId idInAccount(String name) throws KeyStoreException {
        return Optional.ofNullable(session.settings().names().get(name))
                .or(() -> KeyId.find(name))
                .orElseThrow(() -> new KeyStoreException("'" + name
                        + "' is not a key id, key ARN, alias/NAME or alias ARN, and there is no setting key." + name
                        + suggestion(name)));
    }

    /**
     * Returns the end of an error text that suggests what the user probably meant; empty if no name is similar and the
     * name cannot be an alias.
     */
    private String suggestion(String name) {
        Optional<String> known = NearestName.of(name, session.settings().names().keySet());
        if (known.isPresent()) {
            return "; did you mean '" + known.get() + "'?";
        }
        String entry = nearestEntry(name);
        return entry.isEmpty() && KeyId.isIdentifier(KeyId.ALIAS_PREFIX + name)
                ? "; if it is the alias of a KMS key, write " + KeyId.ALIAS_PREFIX + name
                : entry;
    }

    /** Returns the end of an error text that suggests an entry of the file; empty if none is similar. */
    private String nearestEntry(String name) {
        List<String> entries = file.map(KeystoreFile::aliases).orElse(List.of());
        String plain = name.startsWith(KeyId.ALIAS_PREFIX) ? name.substring(KeyId.ALIAS_PREFIX.length()) : name;
        return Stream.of(plain, KeyId.ALIAS_PREFIX + plain)
                .filter(entries::contains)
                .findFirst()
                .or(() -> NearestName.of(name, entries))
                .filter(entry -> !entry.equals(name))
                .map(entry -> "; did you mean '" + entry + "'?")
                .orElse("");
    }
}
