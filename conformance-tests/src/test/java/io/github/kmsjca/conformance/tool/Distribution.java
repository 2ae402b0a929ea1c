package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution with the scripts kms-jarsigner, kms-keytool and kms-jca. */
final class Distribution {
    /**
     * A path where no cache folder can be created, so the scripts make no class-data archive. This saves processor time
     * in tests that need none.
     */
    static final String WITHOUT_ARCHIVE = "/dev/null";

    /** The end of the name of a file that exists as long as a program in the background makes an archive. */
    private static final String IN_THE_MAKING = ".classes";

    /** So long that only a hanging program reaches it. */
    private static final int LIMIT_MINUTES = 10;

    private Distribution() {}

    /**
     * Unpacks the distribution.
     *
     * @param parent where to unpack it
     * @return its folder, whose path has a blank, as under "Program Files"
     */
    static Path unpack(Path parent) throws IOException, InterruptedException {
        Path programs = Files.createDirectory(parent.resolve("all programs"));
        Path archive = Workplace.required("kmsjca.distribution");
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(programs.toFile())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        try (Stream<Path> folders = Files.list(programs)) {
            return folders.findFirst().orElseThrow();
        }
    }

    /** Waits until no program in the background makes an archive in a cache folder, which need not exist. */
    static void awaitArchives(Path cache) throws IOException, InterruptedException {
        if (Files.notExists(cache)) {
            return;
        }
        try (WatchService changes = cache.getFileSystem().newWatchService()) {
            cache.register(changes, StandardWatchEventKinds.ENTRY_DELETE);
            while (isBusy(cache)) {
                WatchKey change = changes.poll(LIMIT_MINUTES, TimeUnit.MINUTES);
                assertNotNull(change, () -> "nobody completes the archives in " + cache);
                change.pollEvents();
                change.reset();
            }
        }
    }

    private static boolean isBusy(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.anyMatch(file -> file.toString().endsWith(IN_THE_MAKING));
        }
    }
}
