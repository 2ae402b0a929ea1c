package io.github.kmsjca.notices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarRewriterTest {
    private static final Instant TIME = Instant.parse("2026-11-21T00:00:00Z");
    private static final SortedMap<String, byte[]> LICENSE =
            new TreeMap<>(Map.of("META-INF/LICENSE", "ours".getBytes(StandardCharsets.UTF_8)));

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = jar("a.jar", "rw-r--r--");
    }

    private Path jar(String name, String mode) throws IOException {
        Path made = TinyJar.write(
                folder.resolve(name), "a/", "a/A.class=class", "META-INF/MANIFEST.MF=Manifest-Version: 1.0\n");
        TinyJar.setMode(made, "a/A.class", mode);
        assertNotNull(TinyJar.mode(made, "a/A.class"));
        return made;
    }

    @Test
    void addMissing_jarsWithDifferentModes_becomeEqualWithTheGivenTime() throws IOException {
        Path other = jar("b.jar", "rw-------");
        new JarRewriter(jar, TIME).addMissing(LICENSE);
        new JarRewriter(other, TIME).addMissing(LICENSE);
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(other));
        assertNull(TinyJar.mode(jar, "a/A.class"));
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<LocalDateTime> times = file.stream().map(JarEntry::getTimeLocal).collect(Collectors.toSet());
            assertEquals(Set.of(LocalDateTime.ofInstant(TIME, ZoneOffset.UTC)), times);
        }
    }

    @Test
    void addMissing_keepsFoldersAndFilesOfTheJar() throws IOException {
        new JarRewriter(jar, TIME).addMissing(new TreeMap<>(Map.of("a/A.class", new byte[1])));
        assertEquals(
                Map.of("a/", "", "a/A.class", "class", "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"),
                TinyJar.read(jar));
    }

    @Test
    void write_replacesFilesAndLeavesOutFolders() throws IOException {
        new JarRewriter(jar, TIME).write(new TreeMap<>(Map.of("a/A.class", new byte[] {'x'})));
        assertEquals(Map.of("a/A.class", "x", "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"), TinyJar.read(jar));
    }

    /** A {@link JarInputStream} finds the manifest only if no other file comes before it. */
    @Test
    void write_manifestComesFirst() throws IOException {
        new JarRewriter(jar, TIME).write(LICENSE);
        try (JarInputStream stream = new JarInputStream(Files.newInputStream(jar))) {
            assertNotNull(stream.getManifest());
        }
    }
}
