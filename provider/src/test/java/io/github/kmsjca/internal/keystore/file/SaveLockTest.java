package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests several programs that save the same keystore file. */
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
