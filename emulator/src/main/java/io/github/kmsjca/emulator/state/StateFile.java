package io.github.kmsjca.emulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.kmsjca.emulator.account.AccountState;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.account.StateStorage;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A file with the state of an account in its Regions, including private keys. If the file system has POSIX permissions,
 * only the owner can read the file.
 *
 * <p>Each save replaces the whole file. If a save fails, the old file does not change.
 */
public final class StateFile implements StateStorage {
    private final Path file;
    private final Collection<Location> locations;

    /**
     * Creates the object for a state file. The file does not have to exist, and this constructor does not access it.
     *
     * @param locations the account in each Region that the file may contain
     */
    public StateFile(Path file, Collection<Location> locations) {
        this.file = file.toAbsolutePath();
        this.locations = List.copyOf(locations);
    }

    /**
     * Returns the saved state of each Region in the file. The map is empty if there is no file.
     *
     * @throws StateFileException if the file is damaged, cannot be read, or has a Region that is not in the locations
     */
    public Map<String, AccountState> load() {
        try {
            return new StateReader(locations).read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (JsonProcessingException e) {
            String place = "line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": ";
            String remedy = "; restore the file, or delete it to start without keys";
            throw new StateFileException(file, place + Json.withoutSource(e.getOriginalMessage()) + remedy, e);
        } catch (IOException e) {
            throw new StateFileException(file, "cannot be read: " + readReason(e), e);
        } catch (RuntimeException e) {
            throw new StateFileException(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns why the file cannot be read. */
    String readReason(IOException failure) {
        if (Files.isDirectory(file)) {
            return "it is a folder; name a file";
        }
        return failure instanceof AccessDeniedException
                ? "this user may not read it; change its permissions, or name another file"
                : text(failure);
    }

    @Override
    public void save(Supplier<Map<String, AccountState>> state) throws IOException {
        try {
            replace(state);
        } catch (IOException e) {
            // the exception names the temporary file instead of the state file
            throw new IOException(file + ": " + reason(e), e);
        }
    }

    /** Returns why the file cannot be saved, without the name of the temporary file. */
    String reason(IOException failure) {
        Path folder = file.resolveSibling("");
        if (failure instanceof AccessDeniedException denied) {
            // an exception that names two files is about the rename: Windows refuses it while a program has the file
            // open, and the JDK gives no reason
            return denied.getOtherFile() == null
                    ? "this user cannot write to the folder " + folder + "; allow it, or name a file in another folder"
                    : "it cannot be replaced; close programs that have it open, or name another file";
        }
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder + "; create it, or name a file in another folder";
        }
        return text(failure);
    }

    /** Returns the text of a failure, without the name of a file. */
    private static String text(IOException failure) {
        String text = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }

    private void replace(Supplier<Map<String, AccountState>> state) throws IOException {
        Path folder = file.resolveSibling("");
        Path newFile = Files.createTempFile(folder, file.getFileName() + ".", ".new", ownerOnly());
        try {
            write(newFile, StateWriter.write(state.get()));
            Files.move(newFile, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(newFile);
        }
    }

    private static void write(Path target, byte[] document) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer remaining = ByteBuffer.wrap(document);
            while (remaining.hasRemaining()) {
                channel.write(remaining);
            }
            // without this call, the rename can reach the disk before the content
            channel.force(true);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
