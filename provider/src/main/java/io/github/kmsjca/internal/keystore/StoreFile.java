package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.certificate.FileWatch;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.LogTopic;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
    private final Logger logger = LogTopic.KEYSTORE.logger();
    private volatile @Nullable String lastWarning;

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
            if (!watch.haveChanged()) {
                return present;
            }
            Entries fresh = read();
            lastWarning = null;
            return fresh;
        } catch (IOException | ProviderException unusable) {
            warnOnce(path + " has changed but cannot be used, so the earlier entries stay in use: " + reason(unusable));
            watch.retry();
            return present;
        } finally {
            isReading.set(false);
        }
    }

    /**
     * Warns, unless the previous read failed with the same text: a file that cannot be used is read again every second.
     */
    private void warnOnce(String text) {
        if (!text.equals(lastWarning)) {
            logger.log(Level.WARNING, ForeignText.clean(text));
        }
        lastWarning = text;
    }

    /**
     * Returns why the file cannot be used, and what to do. For exceptions of the file system, this method makes the
     * text, because their messages are often only the name of the file.
     */
    static String reason(Exception unusable) {
        if (unusable instanceof NoSuchFileException) {
            return "there is no such file; restore it";
        }
        if (unusable instanceof AccessDeniedException) {
            return "this user may not read it; change the permissions of this path, or of the folders above it";
        }
        if (unusable instanceof FileSystemException other) {
            return "it cannot be read" + (other.getReason() == null ? "" : " (" + other.getReason() + ")")
                    + "; check the file and its folder";
        }
        return String.valueOf(unusable.getMessage());
    }
}
