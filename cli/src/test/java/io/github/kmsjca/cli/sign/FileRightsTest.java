package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FileRightsTest {
    @TempDir
    Path folder = Path.of("");

    private Path source = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        source = file("app.jar", "rw-r--rw-");
        other = file("other", "rw-------");
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void copy_regularFile_hasOwnerAndMode() throws IOException {
        FileRights.copyOwner(source, other);
        FileRights.copyMode(source, other);
        assertEquals(Files.getOwner(source), Files.getOwner(other));
        assertEquals("rw-r--rw-", mode(other));
    }

    @Test
    void copy_linkInPlaceOfTheTemporaryFile_isRefusedAndChangesNothing() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("fresh"), other);
        IOException refusal = assertThrows(IOException.class, () -> FileRights.copyMode(source, link));
        assertEquals(
                "another program has replaced the temporary file " + link
                        + "; sign in a folder where only you can write (--out)",
                refusal.getMessage());
        assertThrows(IOException.class, () -> FileRights.copyOwner(source, link));
        assertEquals("rw-------", mode(other));
    }
}
