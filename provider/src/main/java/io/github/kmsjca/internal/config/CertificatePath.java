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

    static CertificatePath anywhere(Path path) {
        return new CertificatePath(path, null);
    }

    /** Returns the path, which starts at the folder if it is relative. */
    CertificatePath startingAt(Path folder) {
        return anywhere(folder.resolve(path));
    }

    /** Returns the path, which starts at the folder of a keystore file and must stay in it. */
    CertificatePath insideOf(Path folder) {
        return new CertificatePath(folder.resolve(path), folder);
    }

    /** Returns the path only, for error texts. */
    @Override
    public String toString() {
        return path.toString();
    }
}
