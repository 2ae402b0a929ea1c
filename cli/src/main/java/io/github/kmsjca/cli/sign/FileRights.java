package io.github.kmsjca.cli.sign;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Copies the owner, the group and the mode of a jar to the temporary file that will replace it.
 *
 * <p>Another user who can write to the folder could replace the temporary file by a link. These methods then fail, and
 * change no other file.
 */
final class FileRights {
    private FileRights() {}

    /**
     * Gives the new file the owner and the group of the source. Call this before signing: the operating system may
     * refuse the change, and a signature that was made before would be wasted.
     */
    static void copyOwner(Path source, Path fresh) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(source, PosixFileAttributeView.class);
        PosixFileAttributeView now = view(fresh);
        if (old == null || now == null) {
            return;
        }
        requireRegular(fresh, now.readAttributes());
        try {
            copyOwner(old.readAttributes(), now);
        } catch (FileSystemException refused) {
            throw new IOException(
                    "the signed jar cannot get the owner and group of the old jar; sign into another folder (--out)",
                    refused);
        }
    }

    private static void copyOwner(PosixFileAttributes wanted, PosixFileAttributeView now) throws IOException {
        if (!wanted.owner().equals(now.readAttributes().owner())) {
            now.setOwner(wanted.owner());
        }
        if (!wanted.group().equals(now.readAttributes().group())) {
            now.setGroup(wanted.group());
        }
    }

    /** Gives the new file the mode of the source. */
    static void copyMode(Path source, Path fresh) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(source, PosixFileAttributeView.class);
        PosixFileAttributeView now = view(fresh);
        if (old == null || now == null) {
            return;
        }
        requireRegular(fresh, now.readAttributes());
        now.setPermissions(old.readAttributes().permissions());
    }

    /**
     * Returns a view that changes a link itself, or fails, if the file has become a link. Returns null if files have no
     * such attributes.
     */
    private static @Nullable PosixFileAttributeView view(Path fresh) {
        return Files.getFileAttributeView(fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireRegular(Path fresh, PosixFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new IOException("another program has replaced the temporary file " + fresh
                    + "; sign in a folder where only you can write (--out)");
        }
    }
}
