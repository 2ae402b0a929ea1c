package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock that a program must hold while it saves a file: an operating system lock on a lock file beside the file to
 * save. So the lock ends if the program is killed. Nothing is ever written to the lock file. A symbolic link in place
 * of the lock file is refused, because the folder may be a clone of an untrusted repository.
 *
 * <p>On POSIX systems, closing any descriptor of a file releases all locks that the process holds on it. So the threads
 * of this program take turns before they open the lock file, and the holder of the lock never opens the lock file
 * again.
 */
final class SaveLock implements AutoCloseable {
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final ReentrantLock THIS_PROGRAM = new ReentrantLock();

    private final Path file;
    private final FileChannel channel;

    private SaveLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits for the lock of a file.
     *
     * @throws IOException if another program or thread does not release the lock in time, or the lock file cannot be
     *     created or used
     */
    static SaveLock of(Path file) throws IOException {
        waitForTurn();
        boolean held = false;
        try {
            long start = System.nanoTime();
            Owner owner = new Owner(file);
            SaveLock lock = tryLock(file, owner);
            while (lock == null) {
                if (System.nanoTime() - start > WAIT_LIMIT.toNanos()) {
                    throw new IOException("another program has been saving " + file + " for " + WAIT_LIMIT.toSeconds()
                            + " seconds; wait until it ends, and try again");
                }
                pause();
                lock = tryLock(file, owner);
            }
            held = true;
            return lock;
        } finally {
            if (!held) {
                THIS_PROGRAM.unlock();
            }
        }
    }

    private static void waitForTurn() throws IOException {
        try {
            if (!THIS_PROGRAM.tryLock(WAIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("another thread of this program has been saving files for "
                        + WAIT_LIMIT.toSeconds() + " seconds; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another thread of this program was saving a file", e);
        }
    }

    private static Path lockFile(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".lock");
    }

    Path file() {
        return file;
    }

    /**
     * Returns the lock; null if another program or another copy of this library holds the lock or has just released it.
     */
    private static @Nullable SaveLock tryLock(Path file, Owner owner) throws IOException {
        Path path = lockFile(file);
        try {
            if (!create(path)) {
                owner.requireOwnEmptyFile(path);
            }
            Identity before = Identity.of(path);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            boolean held = false;
            try {
                // the previous owner may have deleted the file, and another program may have created a new one
                held = channel.tryLock() != null && before.equals(Identity.of(path));
                return held ? new SaveLock(file, channel) : null;
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } catch (OverlappingFileLockException otherCopyOfThisLibrary) {
            return null;
        } catch (NoSuchFileException deleted) {
            // the previous owner has just deleted the lock file, unless the folder does not exist
            if (!Files.isDirectory(path.toAbsolutePath().resolveSibling(""))) {
                throw deleted;
            }
            return null;
        }
    }

    /** Creates the file. Returns false if it already exists. */
    private static boolean create(Path path) throws IOException {
        try {
            Files.createFile(path);
            return true;
        } catch (FileAlreadyExistsException present) {
            return false;
        }
    }

    /**
     * Distinguishes a file from a later file with the same name. The times are compared too, because Windows has no
     * file key.
     */
    private record Identity(@Nullable Object key, FileTime created, FileTime modified) {
        static Identity of(Path path) throws IOException {
            BasicFileAttributes now = attributes(path);
            return new Identity(now.fileKey(), now.creationTime(), now.lastModifiedTime());
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The user of this program. It is determined only if a lock file already exists, because this creates a file. */
    private static final class Owner {
        private final Path file;
        private @Nullable UserPrincipal user;

        Owner(Path file) {
            this.file = file;
        }

        /** Fails unless a lock file is an empty regular file that belongs to this user. */
        void requireOwnEmptyFile(Path path) throws IOException {
            BasicFileAttributes attributes = attributes(path);
            if (!attributes.isRegularFile() || attributes.size() != 0) {
                throw new IOException("the lock file " + path
                        + " is not an empty file, so this program did not create it; check it and delete it");
            }
            UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(user())) {
                throw new IOException("the lock file " + path + " belongs to the user "
                        + ForeignText.of(owner.getName())
                        + "; if no other program is saving the keystore file now, delete the lock file");
            }
        }

        /** Returns the user to whom new files of this program belong: the owner of a new temporary file. */
        private UserPrincipal user() throws IOException {
            UserPrincipal known = user;
            if (known == null) {
                Path probe = TemporaryFile.beside(file);
                try {
                    Files.createFile(probe);
                    known = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
                    user = known;
                } finally {
                    Files.deleteIfExists(probe);
                }
            }
            return known;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another program was saving the file", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(lockFile(file));
        } finally {
            channel.close();
            THIS_PROGRAM.unlock();
        }
    }
}
