package io.github.kmsjca.internal.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file or folder from the setting {@code certificates}.
 *
 * @param path the file or folder
 * @param requiredFolder the folder that the path and its links must stay in; null if the operator named the path
 */
public record CertificatePath(Path path, @Nullable Path requiredFolder) {

    /** Returns a path that may lead to any folder. */
    static CertificatePath anywhere(Path path) {
        return new CertificatePath(path, null);
    }

    /** Returns this path, which may lead to any folder. If it is relative, it starts at the given folder. */
    CertificatePath startingAt(Path folder) {
        return anywhere(folder.resolve(path));
    }

    /** Returns this path, which starts at the folder of a keystore file and must stay in that folder. */
    CertificatePath insideOf(Path folder) {
        return new CertificatePath(folder.resolve(path), folder);
    }

    /** Returns the path without the required folder, because error texts quote this text. */
    @Override
    public String toString() {
        return path.toString();
    }
}
