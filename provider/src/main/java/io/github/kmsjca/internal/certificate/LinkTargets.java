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

    /** Returns whether a path stays in a folder after all links below that folder are resolved. */
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
