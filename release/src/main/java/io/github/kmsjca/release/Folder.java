package io.github.kmsjca.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A folder with files, which have names such as {@code a/b.jar}. */
record Folder(Path path) {
    /** Unpacks an archive into the folder {@code target}. Fails if a name in the archive leads out of this folder. */
    static Folder unpack(Path zip, Path target) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(zip + " contains a name that leads out of the folder: " + entry.getName());
                }
                if (!entry.isDirectory()) {
                    Files.createDirectories(path.getParent());
                    Files.write(path, file.getInputStream(entry).readAllBytes());
                }
            }
        }
        return new Folder(target);
    }

    /** Returns the names of all files. */
    SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(path)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(path.relativize(file).toString().replace('\\', '/')));
        }
        return names;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.isRegularFile(file(name));
    }

    String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    static void delete(Path folder) throws IOException {
        List<Path> content;
        try (Stream<Path> all = Files.walk(folder)) {
            content = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
