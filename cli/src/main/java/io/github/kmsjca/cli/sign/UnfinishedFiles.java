package io.github.kmsjca.cli.sign;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that are not complete yet. {@link #close} deletes those that are still not complete, and so does the end of
 * the program, for example if it is interrupted. Thread-safe.
 */
final class UnfinishedFiles implements AutoCloseable {
    private static final String PREFIX = ".kms-jca-";
    private static final String SUFFIX = ".tmp";

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final Thread hook = new Thread(this::deleteAll);

    UnfinishedFiles() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Creates a file in the folder of the target. Only the user can read the new file. */
    Path create(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Path file = Files.createTempFile(folder, PREFIX, SUFFIX);
            files.add(file);
            return file;
        } catch (AccessDeniedException refused) {
            throw new IOException(
                    "this user cannot write to folder " + folder + "; allow it, or sign into another folder (--out)",
                    refused);
        } catch (FileSystemException refused) {
            String reason = refused.getReason() == null ? "" : ": " + refused.getReason();
            throw new IOException("no file can be created in folder " + folder + reason, refused);
        }
    }

    /** Replaces the target with the file, in one step. */
    void complete(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        files.remove(file);
    }

    /** Deletes a file unless it is complete. */
    void discard(Path file) throws IOException {
        if (files.remove(file)) {
            Files.deleteIfExists(file);
        }
    }

    private void deleteAll() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException leftOver) {
                // nobody can handle the error now; the file's name shows that kms-jca left the file
            }
        }
    }

    @Override
    public void close() {
        deleteAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the JVM is shutting down and runs the hook
        }
    }
}
