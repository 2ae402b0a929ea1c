package io.github.kmsjca.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * What the output of the process may contain.
 *
 * @param showsColors whether standard output may contain colors
 * @param showsProgress whether standard error may contain a line that changes
 */
record Terminal(boolean showsColors, boolean showsProgress) {
    /** No terminal: the output goes to a file or to another program. */
    static final Terminal NONE = new Terminal(false, false);

    private static final int OUT = 1;
    private static final int ERR = 2;

    /** Returns what this process may print. */
    static Terminal ofProcess() {
        return of(System.getenv(), isTerminal(OUT), isTerminal(ERR));
    }

    /**
     * Returns what a process may print.
     *
     * @see <a href="https://no-color.org">NO_COLOR</a>
     */
    static Terminal of(Map<String, String> environment, boolean isOutTerminal, boolean isErrTerminal) {
        boolean isCapable = !environment.getOrDefault("TERM", "").equals("dumb");
        boolean isColorWanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(isCapable && isColorWanted && isOutTerminal, isCapable && isErrTerminal);
    }

    /** Returns the setting of picocli for help texts. */
    Ansi ansi() {
        return showsColors ? Ansi.ON : Ansi.OFF;
    }

    /**
     * Returns whether a standard stream is a terminal. On Linux, the process can look at each stream (proc(5)). On
     * other systems, Java only reports whether standard input and standard output are both terminals. This method then
     * returns the same answer for each stream.
     */
    private static boolean isTerminal(int stream) {
        Path link = Path.of("/proc/self/fd/" + stream);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return Stream.of("/dev/pts/", "/dev/tty", "/dev/console").anyMatch(target::startsWith);
        } catch (IOException | UnsupportedOperationException otherSystem) {
            // picocli knows that the console of Java 22 need not be a terminal, and which consoles of Windows have
            // colors
            return Ansi.AUTO.enabled();
        }
    }
}
