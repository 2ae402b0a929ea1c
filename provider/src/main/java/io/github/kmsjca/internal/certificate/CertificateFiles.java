package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.config.CertificatePath;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files with certificates that the setting {@code certificates} or a command names. */
final class CertificateFiles {
    /** The maximum size of a file in bytes. */
    private static final long LARGEST = 64L * 1024 * 1024;

    /** The maximum size in bytes of a file that a keystore file names. */
    private static final long LARGEST_OF_KEYSTORE = 1024L * 1024;

    /** The maximum number of files in a folder that a keystore file names. */
    private static final int MOST_FILES_OF_KEYSTORE = 200;

    /** The maximum number of certificates in the files that a keystore file names. */
    private static final int MOST_CERTIFICATES_OF_KEYSTORE = 2_000;

    private static final String SETTING = "setting certificates: ";

    /** What to do if the path names a file without certificates. In a folder, such a file is normal. */
    private static final String NAME_OTHER_FILE =
            "; name a file with certificates (PEM, DER, PKCS #7, PKCS #12 or JKS)";

    private final Path path;
    /** The folder that the path and its links must stay in; null if the operator named the path. */
    private final @Nullable Path requiredFolder;

    private final Logger logger;

    /** Creates an instance for a path that the operator named, so it may lead to any folder. */
    CertificateFiles(Path path) {
        this(path, LogTopic.CERTIFICATES.logger());
    }

    CertificateFiles(Path path, Logger logger) {
        this(path, null, logger);
    }

    /** Creates an instance for the setting, which may come from a keystore file. */
    CertificateFiles(CertificatePath certificates) {
        this(certificates.path(), certificates.requiredFolder(), LogTopic.CERTIFICATES.logger());
    }

    private CertificateFiles(Path path, @Nullable Path requiredFolder, Logger logger) {
        this.path = path;
        this.requiredFolder = requiredFolder;
        this.logger = logger;
    }

    /**
     * Reads the certificates for the setting. In a folder, a file that cannot be used is skipped with a warning.
     *
     * @param before the result of the previous read; if a file in a folder can no longer be used, its certificates from
     *     the previous read stay in use
     * @return the certificates of each file
     * @throws SettingsException if the path does not exist, cannot be read, exceeds a limit, or is a file that cannot
     *     be used
     */
    Map<Path, List<X509Certificate>> read(Map<Path, List<X509Certificate>> before) {
        try {
            return readAll(before, SETTING);
        } catch (IOException unusable) {
            throw new SettingsException(SETTING + reason(unusable), unusable);
        }
    }

    /** Reads all certificates, like {@link #read}, for a path that does not come from a setting. */
    Map<Path, List<X509Certificate>> readAll() throws IOException {
        return readAll(Map.of(), "");
    }

    private Map<Path, List<X509Certificate>> readAll(Map<Path, List<X509Certificate>> before, String origin)
            throws IOException {
        requireInside(path);
        Map<Path, List<X509Certificate>> certificates =
                Files.isDirectory(path) ? readFolder(before, origin) : Map.of(path, readNamedFile());
        int number = certificates.values().stream().mapToInt(List::size).sum();
        if (requiredFolder != null && number > MOST_CERTIFICATES_OF_KEYSTORE) {
            throw new FileFormatException(
                    path + " has " + number + " certificates; the maximum for files that a keystore file names is "
                            + MOST_CERTIFICATES_OF_KEYSTORE + ", so remove those that no chain needs",
                    null);
        }
        return certificates;
    }

    private Map<Path, List<X509Certificate>> readFolder(Map<Path, List<X509Certificate>> before, String origin)
            throws IOException {
        Map<Path, List<X509Certificate>> certificates = new LinkedHashMap<>();
        for (Path file : filesOfFolder()) {
            try {
                requireInside(file);
                certificates.put(file, readFileOfFolder(file));
            } catch (IOException unusable) {
                List<X509Certificate> kept = before.getOrDefault(file, List.of());
                certificates.put(file, kept);
                String warning = kept.isEmpty()
                        ? "skipped: " + reason(unusable)
                        : reason(unusable) + "; the earlier certificates stay in use";
                warn(origin + warning);
            }
        }
        return certificates;
    }

    void warn(String text) {
        logger.log(Level.WARNING, ForeignText.clean(text));
    }

    /**
     * Returns a text for each file. If a file changes, its text changes too. A file that must not be opened is the
     * exception: its text is only its name.
     */
    List<String> state() {
        try {
            requireInside(path);
            List<String> state = new ArrayList<>();
            for (Path file : Files.isDirectory(path) ? filesOfFolder() : List.of(path)) {
                state.add(mayOpen(file) ? FileWatch.describe(file) : file.toString());
            }
            return state;
        } catch (IOException unreadable) {
            return List.of(unreadable.toString());
        }
    }

    private List<Path> filesOfFolder() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> found = files.filter(file -> !mayOpen(file) || !Files.isDirectory(file))
                    .sorted()
                    .toList();
            if (requiredFolder != null && found.size() > MOST_FILES_OF_KEYSTORE) {
                throw new FileFormatException(
                        path + " has more than " + MOST_FILES_OF_KEYSTORE
                                + " files; a folder that a keystore file names can have at most "
                                + MOST_FILES_OF_KEYSTORE
                                + ", so name a file or a smaller folder",
                        null);
            }
            return found;
        } catch (UncheckedIOException unlisted) {
            // the stream throws this if a later part of the folder cannot be read
            throw unlisted.getCause();
        }
    }

    /**
     * Returns false if {@link #requireInside} fails. Such a file must not be opened, not even to read its attributes,
     * see {@link LinkTargets}.
     */
    private boolean mayOpen(Path file) {
        try {
            requireInside(file);
            return true;
        } catch (IOException leadsOut) {
            return false;
        }
    }

    /** Fails if a keystore file names the path, and its symbolic links do not stay in the folder of that file. */
    private void requireInside(Path file) throws IOException {
        if (requiredFolder != null && !LinkTargets.staysIn(requiredFolder, file)) {
            throw new FileFormatException(
                    "the symbolic links of " + file + " must have relative targets inside the folder of the keystore"
                            + " file, and no loop; to use other links, give the setting certificates as a provider"
                            + " argument, system property or environment variable",
                    null);
        }
    }

    /**
     * Returns why a file cannot be used, and what to do. For the JDK's exceptions, this method makes the text, because
     * their messages are often only the name of the file.
     */
    static String reason(IOException unusable) {
        if (unusable instanceof AccessDeniedException denied) {
            return denied.getFile() + " cannot be read by this user; change the permissions of this path, or of the"
                    + " folders above it";
        }
        if (unusable instanceof FileSystemException other) {
            return other.getFile() + " cannot be read"
                    + (other.getReason() == null ? "" : " (" + other.getReason() + ")")
                    + "; check the file and its folder";
        }
        return String.valueOf(unusable.getMessage());
    }

    private List<X509Certificate> readNamedFile() throws IOException {
        if (!isRegularFile(path)) {
            String problem = Files.exists(path)
                    ? path + " is neither a regular file nor a folder"
                    : "there is no file or folder " + path;
            throw new FileFormatException(problem + "; name a file with certificates, or a folder of such files", null);
        }
        return readFile(path, NAME_OTHER_FILE);
    }

    private List<X509Certificate> readFileOfFolder(Path file) throws IOException {
        if (!isRegularFile(file)) {
            throw new FileFormatException(
                    file + " is neither a regular file nor a link to one; remove it from the folder, or correct the"
                            + " link",
                    null);
        }
        return readFile(file, "");
    }

    /**
     * Returns whether a path leads to a regular file.
     *
     * @throws IOException if this cannot be found out, for example because this user may not enter a folder of the path
     */
    private static boolean isRegularFile(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /**
     * Returns the certificates of a regular file.
     *
     * @param remedy the end of the error text about a file without certificates
     */
    private List<X509Certificate> readFile(Path file, String remedy) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new FileFormatException(
                    file + " is larger than 64 MiB, the maximum for a file with certificates; split the file, or remove"
                            + " certificates that are not needed",
                    null);
        }
        if (requiredFolder != null && Files.size(file) > LARGEST_OF_KEYSTORE) {
            throw new FileFormatException(
                    file + " is larger than 1 MiB, the maximum if a keystore file contains the setting certificates;"
                            + " to use it, give the setting as a provider argument, system property or environment"
                            + " variable",
                    null);
        }
        Contents found = new Contents(file.toString());
        CertificateForm.read(Files.readAllBytes(file), found);
        List<X509Certificate> certificates = found.certificates(remedy);
        found.notes().forEach(note -> logger.log(Level.INFO, note));
        return certificates;
    }
}
