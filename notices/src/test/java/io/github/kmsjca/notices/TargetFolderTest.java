package io.github.kmsjca.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFolderTest {
    @TempDir
    Path folder;

    @Test
    void write_makesFolders() throws IOException {
        new TargetFolder(folder).write(new TreeMap<>(Map.of("a/b/c", new byte[] {'x'})));
        assertEquals("x", Files.readString(folder.resolve("a/b/c")));
    }

    @Test
    void write_nameThatLeadsOut_fails() {
        TargetFolder target = new TargetFolder(folder.resolve("inner"));
        assertThrows(IOException.class, () -> target.write(new TreeMap<>(Map.of("../outside", new byte[1]))));
        assertFalse(Files.exists(folder.resolve("outside")));
    }
}
