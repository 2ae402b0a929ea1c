package io.github.kmsjca.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to save a file, which one program has at a time. It is a lock of the operating system on a file beside the
 * one to save, so that a program that is killed leaves no lock behind.
 *
 * <p>On POSIX systems closing any descriptor of a file gives up all locks that the process has on it. So the threads of
 * this program take turns before they open it, and who has it locked never opens it again.
 */
final class SaveLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int LONGEST_MARK = 1 << 20;

    private static final ReentrantLock THIS_PROGRAM = new ReentrantLock();

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
        THIS_PROGRAM.lock();
        boolean held = false;
        try {
            long start = System.nanoTime();
            SaveLock lock = attempt(file);
            while (lock == null) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException(
                            "another program has been saving it for " + PATIENCE.toSeconds() + " seconds");
                }
                pause();
                lock = attempt(file);
            }
            held = true;
            return lock;
        } finally {
            if (!held) {
                THIS_PROGRAM.unlock();
            }
        }
    }

    private static Path path(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".lock");
    }

    /** Returns the file to save. */
    Path file() {
        return file;
    }

    private static @Nullable SaveLock attempt(Path file) throws IOException {
        FileChannel channel = FileChannel.open(path(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            held = channel.tryLock() != null && isStillThere(path(file), channel);
            return held ? new SaveLock(file, channel) : null;
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    /**
     * Tells whether the locked file is the one at the path: its last owner may have deleted it meanwhile. The mark is a
     * length, since that can be looked at without opening the file.
     */
    private static boolean isStillThere(Path path, FileChannel channel) throws IOException {
        int mark = ThreadLocalRandom.current().nextInt(1, LONGEST_MARK);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), mark - 1);
        try {
            return Files.size(path) == mark;
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
            THIS_PROGRAM.unlock();
        }
    }
}
