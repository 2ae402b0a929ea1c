package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.testing.ChildJvm;
import io.github.kmsjca.testing.Waiting;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the lock that programs, and several copies of the library in one program, hold while they save a file. */
class SaveLockTest {
    private static final int PROGRAMS = 3;
    private static final int ENTRIES = 40;

    @TempDir
    Path folder;

    @Test
    void save_severalProgramsAtOnce_keepsAllChanges() throws Exception {
        Path file = newFile();
        List<CompletableFuture<List<String>>> programs = IntStream.range(0, PROGRAMS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> run(file, "p" + i)))
                .toList();
        for (CompletableFuture<List<String>> program : programs) {
            assertEquals(List.of(), program.get());
        }
        assertEquals(PROGRAMS * ENTRIES, read(file).aliases().size());
        assertEquals(List.of("release.awskms"), names());
    }

    private static List<String> run(Path file, String prefix) {
        try {
            return ChildJvm.run(Adder.class, List.of(), file.toString(), prefix, Integer.toString(ENTRIES));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void save_programKilledRepeatedly_leavesACompleteFileThatCanBeSaved() throws Exception {
        Path file = newFile();
        int before = 0;
        for (int round = 0; round < 8; round++) {
            Process program = ChildJvm.start(Adder.class, List.of(), file.toString(), "r" + round, "1000");
            int expected = before + 20;
            while (program.isAlive() && read(file).aliases().size() < expected) {
                program.waitFor(1, TimeUnit.MILLISECONDS);
            }
            program.destroyForcibly().waitFor();
            before = read(file).aliases().size();
            assertTrue(before >= expected, "the program ended by itself");
        }
        Adder.add(file, "last");
        assertEquals(before + 1, read(file).aliases().size());
    }

    /** The lock belongs to the process, so a second copy in the process would release it if it closed the lock file. */
    @Test
    void run_secondCopyInTheSameJvmSavesMeanwhile_keepsTheLock() throws Exception {
        Path file = folder.resolve("release.pem");
        byte[] content = "second".getBytes(StandardCharsets.UTF_8);
        URL main = AtomicFile.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader copy = new URLClassLoader(new URL[] {main}, ClassLoader.getPlatformClassLoader())) {
            Method write = copy.loadClass(AtomicFile.class.getName()).getMethod("write", Path.class, byte[].class);
            FutureTask<Object> second = new FutureTask<>(() -> write.invoke(null, file, content));
            Thread thread = new Thread(second);
            SaveLock.run(file, locked -> {
                thread.start();
                Waiting.until(() -> Set.of(Thread.State.BLOCKED, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                        .contains(thread.getState()));
                assertEquals(List.of("locked: false"), lockInAnotherProgram(folder.resolve(".release.pem.lock")));
                assertFalse(Files.exists(file));
            });
            second.get();
        }
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of("release.pem"), names());
    }

    private static List<String> lockInAnotherProgram(Path file) {
        try {
            return ChildJvm.run(Locker.class, List.of(), file.toString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void run_lockFileCannotBeDeleted_doesNotFail() throws IOException {
        Path lock = folder.resolve(".release.pem.lock");
        SaveLock.run(folder.resolve("release.pem"), file -> {
            Files.delete(lock);
            Files.createFile(Files.createDirectory(lock).resolve("content"));
        });
        assertTrue(Files.isDirectory(lock));
    }

    private Path newFile() throws IOException {
        Path file = folder.resolve("release.awskms");
        KeystoreFile.empty().save(file, null);
        return file;
    }

    private static KeystoreFile read(Path file) throws IOException {
        return KeystoreFile.parse(Files.readAllBytes(file), "test");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** A program that tries to lock a file, and prints whether it got the lock. The argument is the file. */
    static final class Locker {
        private Locker() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.out.println("locked: " + (channel.tryLock() != null));
            }
        }
    }

    /**
     * A program that adds entries to a keystore file. It saves the file after each entry. The arguments are the file,
     * the start of the aliases, and the number of entries.
     */
    static final class Adder {
        private Adder() {}

        public static void main(String[] arguments) throws IOException, CertificateEncodingException {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                add(Path.of(arguments[0]), arguments[1] + "-" + i);
            }
        }

        static void add(Path file, String alias) throws IOException, CertificateEncodingException {
            boolean saved = false;
            while (!saved) {
                KeystoreFile read = read(file);
                try {
                    read.put(FileEntry.ofKey(alias, KeyId.parse("alias/a"), List.of()))
                            .save(file, read);
                    saved = true;
                } catch (IOException changedMeanwhile) {
                    // if another program has saved the file, read it and add the entry again
                    if (!String.valueOf(changedMeanwhile.getMessage()).contains("has changed since")) {
                        throw changedMeanwhile;
                    }
                }
            }
        }
    }
}
