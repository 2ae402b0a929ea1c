package io.github.kmsjca.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The texts that say why a state file cannot be saved or read. Each test creates the exception itself, because it
 * cannot cause the failure everywhere: permissions do not stop the superuser, and only Windows refuses to replace a
 * file that is in use.
 */
class StateFileReasonTest {
    @TempDir
    Path folder = Path.of("");

    private StateFile stateFile() {
        return new StateFile(folder.resolve("state.json"), List.of());
    }

    private String reason(FileSystemException failure) {
        return stateFile().reason(failure);
    }

    @Test
    void reason_newFileIsDenied_saysWhoCannotWriteAndWhatToDo() {
        assertEquals(
                "this user cannot write to the folder " + folder + "; allow it, or name a file in another folder",
                reason(new AccessDeniedException("state.json.1.new")));
    }

    @Test
    void readReason_fileIsDenied_saysWhatToDo() {
        assertEquals(
                "this user may not read it; change its permissions, or name another file",
                stateFile().readReason(new AccessDeniedException("state.json")));
    }

    @Test
    void reason_renameIsDenied_doesNotBlameTheFolder() {
        assertEquals(
                "it cannot be replaced; close programs that have it open, or name another file",
                reason(new AccessDeniedException("state.json.1.new", "state.json", null)));
    }

    @Test
    void reason_systemGivesReason_isThatReason() {
        assertEquals(
                "the file is in use",
                reason(new FileSystemException("state.json.1.new", "state.json", "the file is in use")));
    }
}
