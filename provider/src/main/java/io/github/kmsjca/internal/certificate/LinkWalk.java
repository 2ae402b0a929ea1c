package io.github.kmsjca.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the links of a path by name, before anything else follows them: on Windows, merely looking at a link to another
 * machine sends that machine the user's credentials.
 */
final class LinkWalk {
    private static final int MOST_LINKS = 40;

    private LinkWalk() {}

    /** Returns whether a path stays in a folder, whatever links it has below that folder. */
    static boolean staysIn(Path folder, Path file) throws IOException {
        Path base = folder.toAbsolutePath().normalize();
        Path wanted = file.toAbsolutePath().normalize();
        if (!wanted.startsWith(base)) {
            return false;
        }
        Deque<Path> rest = new ArrayDeque<>();
        base.relativize(wanted).forEach(rest::add);
        Path at = base;
        int links = 0;
        while (!rest.isEmpty() && at.startsWith(base)) {
            Path next = at.resolve(rest.pop()).normalize();
            if (Files.isSymbolicLink(next)) {
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute() || target.getRoot() != null || ++links > MOST_LINKS) {
                    return false;
                }
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    rest.push(target.getName(i));
                }
            } else {
                at = next;
            }
        }
        return at.startsWith(base);
    }
}
