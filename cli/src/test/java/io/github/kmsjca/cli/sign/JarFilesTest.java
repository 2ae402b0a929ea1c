package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JarFilesTest {
    @Test
    void find_device_saysWhatToName() {
        assumeTrue(Files.exists(Path.of("/dev/null")));
        assertEquals(
                "/dev/null is neither a regular file nor a folder; name a jar or a folder with jars",
                assertThrows(IOException.class, () -> JarFiles.find(List.of("/dev/null")))
                        .getMessage());
    }
}
