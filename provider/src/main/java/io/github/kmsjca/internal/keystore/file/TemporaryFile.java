package io.github.kmsjca.internal.keystore.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/** The temporary files that exist beside a file while it is being saved. */
final class TemporaryFile {
    private static final String SUFFIX = ".tmp";
    private static final String UUID_TEXT = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private TemporaryFile() {}

    /** Returns a new name beside a file. */
    static Path beside(Path file) {
        return file.resolveSibling(prefix(file) + UUID.randomUUID() + SUFFIX);
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    /**
     * Deletes the temporary files that a killed program has left. The caller must hold the lock of the file, so that no
     * other program is saving. A program that waits for the lock may have a temporary file, see {@link SaveLock}, and
     * tries again if the file is deleted.
     */
    static void deleteLeftOver(Path file) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(prefix(file)) + UUID_TEXT + Pattern.quote(SUFFIX));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                file.resolveSibling(""),
                path -> name.matcher(path.getFileName().toString()).matches())) {
            for (Path path : left) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (AccessDeniedException unlisted) {
            // a folder can allow writing but not listing; the files then stay
        } catch (DirectoryIteratorException unlisted) {
            // the stream throws this if a later part of the folder cannot be read
            throw unlisted.getCause();
        }
    }
}
