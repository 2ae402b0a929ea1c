package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFilesTest {
    @Test
    void find_device_saysWhatToName() {
        assumeTrue(Files.exists(Path.of("/dev/null")));
        assertEquals(
                "/dev/null is neither a regular file nor a folder; name a jar or a folder with jars",
                assertThrows(IOException.class, () -> JarFiles.find(List.of("/dev/null")))
                        .getMessage());
    }

    @Test
    void find_glob_returnsTheMatchesInTheFolderOrInSubfolders(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        for (String name : List.of("app-0.jar", "app-1.jar", "app-2.jar", "sub/app-0.jar")) {
            Files.createFile(folder.resolve(name));
        }
        assertEquals(
                List.of(folder.resolve("app-0.jar"), folder.resolve("app-1.jar")),
                JarFiles.find(List.of(folder + "/*-{0,1}.jar")));
        assertEquals(List.of(folder.resolve("sub/app-0.jar")), JarFiles.find(List.of(folder + "/**/*-{0,1}.jar")));
    }

    @Test
    void find_noJar_errorFitsFolderOrGlob(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("notes.txt"));
        assertEquals(
                "there are no jars in " + folder,
                assertThrows(IOException.class, () -> JarFiles.find(List.of(folder.toString())))
                        .getMessage());
        String glob = folder + "/*.jar";
        assertEquals(
                "no file matches " + glob,
                assertThrows(IOException.class, () -> JarFiles.find(List.of(glob)))
                        .getMessage());
    }
}
