package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.algorithm.ProviderBug;
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
 * <p>On POSIX systems, the lock belongs to the whole process, and closing any descriptor of the lock file releases it.
 * So a thread that opened the lock file in vain, and closed it again, would release the lock of another thread.
 * Therefore all threads of the process take turns before they open a lock file, and the holder never opens its lock
 * file again. The threads that use this copy of the library share {@link #THIS_COPY}. A process can contain more
 * copies, for example one in each web application; they share {@link #ALL_COPIES}.
 */
final class SaveLock implements AutoCloseable {
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** The turn of a thread among the threads that use this copy of the library. The wait for it has a time limit. */
    private static final ReentrantLock THIS_COPY = new ReentrantLock();

    /**
     * The turn of this copy of the library among the copies in the JVM, as a monitor. The copies have no class in
     * common, but equal string constants are one object in all classes of a JVM (JLS §3.10.5). The wait for a monitor
     * has no time limit, so only one thread of each copy waits for it. Never change this text: copies of other versions
     * have the same one.
     */
    private static final String ALL_COPIES = "kms-jca saves a file";

    private final Path file;
    private final FileChannel channel;

    private SaveLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Saves a file while the lock is held. */
    @FunctionalInterface
    interface Action {
        void save(Path file) throws IOException;
    }

    /**
     * Waits for the lock of a file, and runs an action while it holds the lock.
     *
     * @throws IOException if another program, or another thread that uses this copy of the library, does not release the
     *     lock in time, the lock file cannot be created or used, or the action fails
     */
    static void run(Path file, Action action) throws IOException {
        waitForTurn();
        try {
            synchronized (ALL_COPIES) {
                try (SaveLock lock = of(file)) {
                    action.save(lock.file);
                }
            }
        } finally {
            THIS_COPY.unlock();
        }
    }

    private static void waitForTurn() throws IOException {
        try {
            if (!THIS_COPY.tryLock(WAIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("another thread of this program has been saving files for "
                        + WAIT_LIMIT.toSeconds() + " seconds; try again");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("the thread was interrupted before it could save the file", e);
    }

    private static SaveLock of(Path file) throws IOException {
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
        return lock;
    }

    private static Path lockFile(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".lock");
    }

    /** Returns the lock; null if another program holds the lock or has just released it. */
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
                // the previous holder may have deleted the file, and another program may have created a new one
                held = channel.tryLock() != null && before.equals(Identity.of(path));
                return held ? new SaveLock(file, channel) : null;
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } catch (OverlappingFileLockException noTurns) {
            throw new ProviderBug("two threads of one process use the lock file " + path, noTurns);
        } catch (NoSuchFileException deleted) {
            // the previous holder has just deleted the lock file, unless the folder does not exist
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

    /**
     * The user of this program. Finding out the user creates a temporary file, so this is done only if there already is
     * a lock file whose owner must be checked.
     */
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
                        + (attributes.isSymbolicLink() ? " is a symbolic link" : " is not an empty file")
                        + ", so kms-jca did not create it; check it and delete it");
            }
            UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(user())) {
                throw new IOException("the lock file " + path + " belongs to the user "
                        + ForeignText.of(owner.getName())
                        + "; if no other program is saving the file now, delete the lock file");
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
            throw interrupted(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(lockFile(file));
        } catch (IOException undeleted) {
            // no reason to report that saving failed: the next save uses the lock file that is left
        } finally {
            channel.close();
        }
    }
}
