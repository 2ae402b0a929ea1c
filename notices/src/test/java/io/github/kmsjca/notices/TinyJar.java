package io.github.kmsjca.notices;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Small jars for tests. */
final class TinyJar {
    private TinyJar() {}

    /**
     * Writes a jar with files in this order.
     *
     * @param files the names of empty files, names and texts such as {@code a.txt=text}, or names of folders, which end
     *     with {@code /}
     */
    static Path write(Path jar, String... files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String file : files) {
                String[] parts = file.split("=", 2);
                zip.putNextEntry(new ZipEntry(parts[0]));
                zip.write((parts.length == 2 ? parts[1] : "").getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** Returns a library whose jar has these files. */
    static Library library(Path folder, String key, String... files) throws IOException {
        String[] parts = key.split(":", 2);
        return new Library(parts[0], parts[1], write(folder.resolve(parts[1] + ".jar"), files));
    }

    static void setMode(Path jar, String name, String mode) throws IOException {
        try (FileSystem zip = open(jar)) {
            Files.setAttribute(zip.getPath(name), "zip:permissions", PosixFilePermissions.fromString(mode));
        }
    }

    static @Nullable Object mode(Path jar, String name) throws IOException {
        try (FileSystem zip = open(jar)) {
            return Files.getAttribute(zip.getPath(name), "zip:permissions");
        }
    }

    private static FileSystem open(Path jar) throws IOException {
        return FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
    }

    /** Returns the texts of a jar by their names. */
    static Map<String, String> read(Path jar) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                texts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
