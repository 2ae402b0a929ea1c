package io.github.kmsjca.cli.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that is not complete yet. It is deleted if it is not completed, also when the program is interrupted. */
final class Unfinished implements AutoCloseable {
    private static final Set<Path> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::deleteAll));
    }

    private final Path file;

    private Unfinished(Path file) {
        this.file = file;
    }

    static Unfinished of(Path file) {
        ALL.add(file);
        return new Unfinished(file);
    }

    /** Completes the file: it replaces another one at once. */
    void replace(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        ALL.remove(file);
    }

    private static void deleteAll() {
        for (Path file : ALL) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException leftOver) {
                // the program ends; the name of the file says whose it is
            }
        }
    }
}
