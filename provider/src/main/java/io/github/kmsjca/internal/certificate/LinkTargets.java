package io.github.kmsjca.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds where the symbolic links of a path lead, without opening their targets: on Windows, opening a link to another
 * machine sends the user's credentials to that machine.
 */
final class LinkTargets {
    /** The maximum number of links in a path, so that a loop of links ends. Linux has the same limit. */
    private static final int MAX_LINKS = 40;

    private LinkTargets() {}

    /**
     * Returns whether a path stays in a folder. The links of the path below the folder are resolved one by one. The
     * answer is false if a step leaves the folder, even if the path then leads back into it. It is also false if a link
     * has an absolute target, or if there are too many links. The folder itself may be reached through links.
     *
     * @param file a path that begins with the folder
     */
    static boolean staysIn(Path folder, Path file) throws IOException {
        Path start = folder.toAbsolutePath();
        Path path = file.toAbsolutePath();
        if (!path.startsWith(start)) {
            return false;
        }
        Deque<Path> rest = new ArrayDeque<>();
        // not relativize, which removes ".." and the name before it, although that name can be a link
        for (int i = start.getNameCount(); i < path.getNameCount(); i++) {
            rest.add(path.getName(i));
        }
        // without links, so that the parent of a folder is what the system takes for ".."
        Path base = start.toRealPath();
        Path current = base;
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = current.resolve(rest.pop()).normalize();
            if (!next.startsWith(base)) {
                return false;
            }
            if (Files.isSymbolicLink(next)) {
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute() || target.getRoot() != null || ++links > MAX_LINKS) {
                    return false;
                }
                // continue with the names of the target, and then with the rest of the path
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    rest.push(target.getName(i));
                }
            } else {
                current = next;
            }
        }
        return true;
    }
}
