package io.github.kmsjca.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** A folder that gets files with names from jars. */
record TargetFolder(Path folder) {
    /**
     * Writes files.
     *
     * @throws IOException also if a name leads out of the folder
     */
    void write(SortedMap<String, byte[]> files) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey()).normalize();
            if (!path.startsWith(root) || path.equals(root)) {
                throw new IOException("not a file below " + root + ": " + file.getKey());
            }
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
