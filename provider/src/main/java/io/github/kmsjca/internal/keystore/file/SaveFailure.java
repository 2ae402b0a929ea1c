package io.github.kmsjca.internal.keystore.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file cannot be written. The JDK's text names only a lock file or temporary file, and often no reason. */
final class SaveFailure {
    private SaveFailure() {}

    /**
     * Returns the reason and the remedy for a failure of the file system, and the reason for an interrupt. For other
     * failures, returns their text.
     */
    static String reason(Path file, IOException failure) {
        if (failure instanceof ClosedByInterruptException) {
            return "the thread was interrupted while it saved the file";
        }
        if (!(failure instanceof FileSystemException refused)) {
            return String.valueOf(failure.getMessage());
        }
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.exists(folder)) {
            return "there is no folder " + folder + "; create it, or name another folder";
        }
        if (!Files.isDirectory(folder) || refused instanceof NotDirectoryException) {
            return folder + " is not a folder; name a file in a folder";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder; name a file";
        }
        if (refused instanceof AccessDeniedException && isAbout(file, refused)) {
            return "this user cannot read it; change its permissions, or name another file";
        }
        if (refused instanceof AccessDeniedException || !Files.isWritable(folder)) {
            return "this user cannot write to the folder " + folder
                    + "; change the permissions of the folder, or name another folder";
        }
        String text = refused.getReason();
        boolean hasText = text != null && !(refused instanceof NoSuchFileException);
        return "the operating system cannot write to the folder " + folder + (hasText ? " (" + text + ")" : "")
                + "; check the folder, or name another folder";
    }

    /** Returns whether a failure is about the file itself, not about its lock file or temporary file. */
    private static boolean isAbout(Path file, FileSystemException failure) {
        String name = failure.getFile();
        try {
            return name != null && Files.isSameFile(file, Path.of(name));
        } catch (IOException oneIsMissing) {
            return false;
        }
    }
}
