package io.github.kmsjca.internal.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;

/** Writes a file so that readers see the old content or the new content, never a mix. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Replaces a file: writes a temporary file with the same permissions, and gives the temporary file the name of the
     * file. If the path is a symbolic link, the target of the link is replaced. Programs that save the same file at the
     * same time take turns.
     *
     * @param before the content when the file was read; empty if there was no file
     * @throws IOException if another program has changed the file since then, or the file cannot be written; the file
     *     is then unchanged
     */
    static void replace(Path file, byte[] before, byte[] content) throws IOException {
        SaveLock.run(target(file), locked -> {
            requireUnchanged(locked, before);
            replace(locked, content);
        });
    }

    /**
     * Writes a file, and replaces any existing content. If the path is a symbolic link to a file in the same folder,
     * that file is replaced.
     *
     * @throws IOException if the file cannot be written, or is a link to a file in another folder: a clone of a
     *     repository may contain such a link
     */
    public static void write(Path file, byte[] content) throws IOException {
        try {
            lockAndWrite(file, content);
        } catch (FileSystemException | ClosedByInterruptException refused) {
            throw new IOException("file " + file + " cannot be written: " + SaveFailure.reason(file, refused), refused);
        }
    }

    private static void lockAndWrite(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("").toRealPath();
        // a link without a target is replaced itself, so it leads to no other folder
        boolean isFollowed = Files.isSymbolicLink(file) && Files.exists(file);
        if (isFollowed && !folder.equals(target(file).resolveSibling(""))) {
            throw new IOException("file " + file + " is not written, because it is a link to " + target(file)
                    + ", in another folder; name the target of the link, or delete the link");
        }
        SaveLock.run(target(file), locked -> replace(locked, content));
    }

    private static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    /** Replaces a file. The caller must hold the lock of the file. */
    private static void replace(Path file, byte[] content) throws IOException {
        TemporaryFile.deleteLeftOver(file);
        Path fresh = TemporaryFile.beside(file);
        try {
            writeNew(fresh, file, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void requireUnchanged(Path file, byte[] before) throws IOException {
        // a missing or empty file has nothing that could be lost
        byte[] now = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (now.length > 0 && !Arrays.equals(now, before)) {
            throw new IOException("the file has changed since it was read; run the command again, or in a program, load"
                    + " the file again and repeat the change");
        }
    }

    private static void writeNew(Path fresh, Path target, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copyPermissions(target, fresh);
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }
}
