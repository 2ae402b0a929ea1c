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
    private static final int MOST_LINKS = 40;

    private LinkTargets() {}

    /**
     * Returns whether a path stays in a folder at every step while the links below the folder are resolved. A link
     * target that leaves the folder makes the answer false, even if the same target leads back into the folder. An
     * absolute target and too many links also make it false.
     */
    static boolean staysIn(Path folder, Path file) throws IOException {
        Path base = folder.toAbsolutePath().normalize();
        Path path = file.toAbsolutePath().normalize();
        if (!path.startsWith(base)) {
            return false;
        }
        Deque<Path> rest = new ArrayDeque<>();
        base.relativize(path).forEach(rest::add);
        Path current = base;
        int links = 0;
        while (!rest.isEmpty() && current.startsWith(base)) {
            Path next = current.resolve(rest.pop()).normalize();
            if (Files.isSymbolicLink(next)) {
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute() || target.getRoot() != null || ++links > MOST_LINKS) {
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
        return current.startsWith(base);
    }
}
