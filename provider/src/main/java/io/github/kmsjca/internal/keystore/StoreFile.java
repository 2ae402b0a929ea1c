package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.certificate.FileWatch;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.internal.text.Warnings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A keystore file whose path the KeyStore knows. The file is read again when it has changed, so that a server that runs
 * for months uses renewed certificates. Thread-safe.
 */
final class StoreFile {
    private final Path path;
    private final SettingSource parameter;
    private final KmsStores stores;
    private final FileWatch watch;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private final Warnings warnings = LogTopic.KEYSTORE.warnings();

    /** Creates an instance. Looks at the file, but does not read it yet. */
    StoreFile(Path path, SettingSource parameter, KmsStores stores) {
        this.path = path;
        this.parameter = parameter;
        this.stores = stores;
        this.watch = FileWatch.of(path, stores.clock());
    }

    boolean isAt(Path other) {
        return path.equals(other);
    }

    /**
     * Reads the file.
     *
     * @throws IOException if the file cannot be read or has an error
     */
    Entries read() throws IOException {
        KeystoreFile file = KeystoreFile.read(path);
        return Entries.of(file, stores.certificates(stores.session(file, parameter)));
    }

    /**
     * Returns the entries of the file if the file has changed. Otherwise returns the present entries. The present
     * entries also stay if they were edited in memory, if another thread is reading the file, or if the changed file
     * cannot be used, for example because it is only half written.
     */
    Entries renewed(Entries present) {
        // only one thread reads at a time, so that the result of a slow read never replaces a later result
        if (present.isEdited() || !isReading.compareAndSet(false, true)) {
            return present;
        }
        try {
            return watch.haveChanged() ? read() : present;
        } catch (IOException | ProviderException unusable) {
            warnings.once(ForeignText.clean(
                    path + " has changed but cannot be used, so the earlier entries stay in use: " + reason(unusable)));
            watch.retry();
            return present;
        } finally {
            isReading.set(false);
        }
    }

    /** Returns why the file cannot be used. The message of a file system exception is often only the file's name. */
    private static String reason(Exception unusable) {
        return unusable instanceof FileSystemException
                ? "the file cannot be read (" + unusable + "); check that it exists and that this user may read it"
                : String.valueOf(unusable.getMessage());
    }
}
