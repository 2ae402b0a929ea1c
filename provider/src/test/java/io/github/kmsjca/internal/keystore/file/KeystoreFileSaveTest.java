package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.internal.config.KeyId;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreFileSaveTest {
    @TempDir
    Path folder;

    private final KeystoreFile content;

    KeystoreFileSaveTest() throws Exception {
        content = KeystoreFile.empty().put(FileEntry.ofKey("a", KeyId.parse("alias/a"), List.of()));
    }

    @Test
    void save_newOrExistingFile_writesTheContentAndLeavesNoOtherFiles() throws IOException {
        Path file = folder.resolve("release.awskms");
        KeystoreFile.empty().save(file, null);
        assertArrayEquals(KeystoreFile.empty().toBytes(), Files.readAllBytes(file));
        content.save(file, KeystoreFile.empty());
        assertArrayEquals(content.toBytes(), Files.readAllBytes(file));
        assertEquals(List.of("release.awskms"), names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-rw-rw-", "r--------"})
    void save_existingFile_keepsItsPermissions(String permissions) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = Files.createFile(folder.resolve("release.awskms"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        content.save(file, null);
        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertArrayEquals(content.toBytes(), Files.readAllBytes(file));
    }

    @Test
    void save_symbolicLink_replacesItsTarget() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("release.awskms");
        Files.createFile(real);
        Path link = Files.createSymbolicLink(folder.resolve("link.awskms"), real);
        content.save(link, null);
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(content.toBytes(), Files.readAllBytes(real));
        assertEquals(List.of("release.awskms"), names(folder.resolve("real")));
    }

    @Test
    void write_linkWithoutTargetInALinkedFolder_replacesTheLink() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), real);
        Files.createSymbolicLink(real.resolve("out"), Path.of("absent"));
        AtomicFile.write(linked.resolve("out"), content.toBytes());
        assertArrayEquals(content.toBytes(), Files.readAllBytes(real.resolve("out")));
        assertEquals(List.of("out"), names(real));
    }

    @Test
    void save_pathThatCannotBeReplaced_changesNothing() throws IOException {
        Path folderOfThisName = Files.createDirectory(folder.resolve("release.awskms"));
        Files.writeString(folderOfThisName.resolve("other"), "kept", StandardCharsets.UTF_8);
        IOException error = assertThrows(IOException.class, () -> content.save(folderOfThisName, null));
        assertTrue(String.valueOf(error.getMessage())
                .startsWith("keystore file " + folderOfThisName + " cannot be saved and stays as it is: "));
        assertEquals(List.of("release.awskms"), names(folder));
        assertEquals(List.of("other"), names(folderOfThisName));
    }

    @Test
    void save_missingFolder_isRefused() {
        Path file = folder.resolve("none").resolve("release.awskms");
        String reason = "there is no folder " + folder.resolve("none") + "; create it, or name another folder";
        assertEquals(
                "keystore file " + file + " cannot be saved: " + reason,
                assertThrows(IOException.class, () -> content.save(file, null)).getMessage());
        assertEquals(
                "file " + file + " cannot be written: " + reason,
                assertThrows(IOException.class, () -> AtomicFile.write(file, new byte[0]))
                        .getMessage());
    }

    @Test
    void save_belowAFile_isRefused() throws IOException {
        Path parent = Files.createFile(folder.resolve("file"));
        IOException error = assertThrows(IOException.class, () -> content.save(parent.resolve("release.awskms"), null));
        String text = String.valueOf(error.getMessage());
        assertTrue(text.endsWith(parent + " is not a folder; name a file in a folder"), text);
    }

    /** The user that runs the tests may be allowed to write everywhere, so the test creates the exceptions itself. */
    @Test
    void reason_readOnlyFolderOrFileSystem_namesTheFolderAndTheRemedy() {
        Path file = folder.resolve("release.awskms");
        Path lock = folder.resolve(".release.awskms.lock");
        assertEquals(
                "this user cannot write to the folder " + folder
                        + "; change the permissions of the folder, or name another folder",
                SaveFailure.reason(file, new AccessDeniedException(lock.toString())));
        assertEquals(
                "the operating system cannot write to the folder " + folder
                        + " (Read-only file system); check the folder, or name another folder",
                SaveFailure.reason(file, new FileSystemException(lock.toString(), null, "Read-only file system")));
    }

    @Test
    void reason_fileThatCannotBeRead_namesTheFileAndTheRemedy() throws IOException {
        Path file = Files.createFile(folder.resolve("release.awskms"));
        Path link = Files.createSymbolicLink(folder.resolve("link.awskms"), file);
        for (Path name : List.of(file, link)) {
            assertEquals(
                    "this user cannot read it; change its permissions, or name another file",
                    SaveFailure.reason(name, new AccessDeniedException(file.toString())));
        }
    }

    @Test
    void save_interruptedThread_errorSaysSo() {
        Path file = folder.resolve("release.awskms");
        Thread.currentThread().interrupt();
        IOException error = assertThrows(IOException.class, () -> content.save(file, null));
        assertTrue(Thread.interrupted());
        assertEquals(
                "keystore file " + file + " cannot be saved: the thread was interrupted before it could save the file",
                error.getMessage());
        assertEquals(
                "the thread was interrupted while it saved the file",
                SaveFailure.reason(file, new ClosedByInterruptException()));
    }

    @Test
    void save_fileThatAnotherProgramChanged_isRefused() throws IOException {
        Path file = folder.resolve("release.awskms");
        Files.write(file, content.toBytes());
        assertEquals(
                "keystore file " + file
                        + " cannot be saved and stays as it is: the file has changed since it was read;"
                        + " run the command again, or in a program, load the file again and repeat the change",
                assertThrows(IOException.class, () -> KeystoreFile.empty().save(file, KeystoreFile.empty()))
                        .getMessage());
        assertArrayEquals(content.toBytes(), Files.readAllBytes(file));
        assertEquals(List.of("release.awskms"), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
