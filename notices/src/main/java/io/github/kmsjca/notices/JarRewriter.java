package io.github.kmsjca.notices;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Adds files to a jar. The new jar is the same on each machine: it has no file times or modes from the machine. */
final class JarRewriter {
    private static final String MANIFEST = JarFile.MANIFEST_NAME;

    private final Path jar;
    private final LocalDateTime time;

    /**
     * Creates a rewriter.
     *
     * @param time the time that all files in the jar get
     */
    JarRewriter(Path jar, Instant time) {
        this.jar = jar;
        this.time = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /** Adds or replaces files in the jar of a program. Leaves out the entries of folders: our programs need none. */
    void write(SortedMap<String, byte[]> files) throws IOException {
        rewrite(files, entry -> !entry.isDirectory());
    }

    /**
     * Adds those of the files that the jar lacks. Keeps the entries of folders, because programs that use the jar may
     * look for them.
     */
    void addMissing(SortedMap<String, byte[]> files) throws IOException {
        SortedMap<String, byte[]> missing = new TreeMap<>(files);
        try (JarFile old = new JarFile(jar.toFile())) {
            missing.keySet().removeIf(name -> old.getEntry(name) != null);
        }
        rewrite(missing, entry -> true);
    }

    /** Replaces the jar: first come its manifest and the new files, then the old files in their order. */
    private void rewrite(SortedMap<String, byte[]> files, Predicate<JarEntry> kept) throws IOException {
        Path temporary = jar.resolveSibling(jar.getFileName() + ".tmp");
        try (JarFile old = new JarFile(jar.toFile());
                OutputStream target = Files.newOutputStream(temporary);
                ZipOutputStream zip = new ZipOutputStream(target)) {
            List<JarEntry> entries = old.stream()
                    .filter(kept)
                    .filter(entry -> !files.containsKey(entry.getName()))
                    .toList();
            copy(old, entries.stream().filter(JarRewriter::isManifest).toList(), zip);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(entry(file.getKey()));
                zip.write(file.getValue());
            }
            copy(old, entries.stream().filter(entry -> !isManifest(entry)).toList(), zip);
        }
        Files.move(temporary, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isManifest(ZipEntry entry) {
        return entry.getName().equals(MANIFEST);
    }

    private void copy(JarFile old, List<JarEntry> entries, ZipOutputStream zip) throws IOException {
        for (JarEntry entry : entries) {
            zip.putNextEntry(entry(entry.getName()));
            try (InputStream content = old.getInputStream(entry)) {
                content.transferTo(zip);
            }
        }
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        return entry;
    }
}
