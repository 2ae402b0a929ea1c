package io.github.kmsjca.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to save a file, which one program has at a time. It is a lock of the operating system on a file beside the
 * one to save, so that a program that is killed leaves no lock behind.
 */
final class SaveLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path file;
    private final FileChannel channel;

    private SaveLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits for the right to save a file.
     *
     * @throws IOException if another program does not give it up in time
     */
    static SaveLock of(Path file) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            SaveLock lock = attempt(file);
            if (lock != null) {
                return lock;
            }
            pause();
        }
        throw new IOException("another program has been saving it for " + PATIENCE.toSeconds() + " seconds");
    }

    private static Path path(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".lock");
    }

    /** Returns the file to save. */
    Path file() {
        return file;
    }

    private static @Nullable SaveLock attempt(Path file) throws IOException {
        Path path = path(file);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            FileLock lock = channel.tryLock();
            kept = lock != null && isStillThere(path, channel);
            return kept ? new SaveLock(file, channel) : null;
        } catch (OverlappingFileLockException heldInThisProgram) {
            return null;
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** Tells whether the locked file is the one at the path: its last owner may have deleted it meanwhile. */
    private static boolean isStillThere(Path path, FileChannel channel) throws IOException {
        byte[] mark = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(mark), 0);
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.US_ASCII)
                    .equals(new String(mark, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another program was saving it", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path(file));
        } finally {
            channel.close();
        }
    }
}
