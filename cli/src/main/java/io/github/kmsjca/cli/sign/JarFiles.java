package io.github.kmsjca.cli.sign;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the jars that the arguments of a command name. */
public final class JarFiles {
    /** The extensions of the archives that are found in folders. All of them are jars (Jakarta EE Platform). */
    private static final Set<String> EXTENSIONS = Set.of("jar", "war", "ear", "rar");

    private static final Pattern GLOB_CHARACTER = Pattern.compile("[*?\\[{]");

    private JarFiles() {}

    /**
     * Returns the jars, sorted within each argument. A jar that is named twice, also through a link, is returned once.
     *
     * @param arguments each is a file, a folder or a glob (see {@link java.nio.file.FileSystem#getPathMatcher}). A
     *     folder means all jars in it and its subfolders.
     * @throws IOException if an argument names no jar
     */
    public static List<Path> find(Collection<String> arguments) throws IOException {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (String argument : arguments) {
            for (Path jar : jars(argument)) {
                found.putIfAbsent(jar.toRealPath(), jar);
            }
        }
        return List.copyOf(found.values());
    }

    private static List<Path> jars(String argument) throws IOException {
        Matcher glob = GLOB_CHARACTER.matcher(argument);
        // the name of a file can contain these characters; uses File, because Path.of refuses some of them on Windows
        if (glob.find() && !new File(argument).exists()) {
            return requireSome(matching(argument, glob.start()), "no file matches " + argument);
        }
        Path path = path(argument);
        if (Files.isDirectory(path)) {
            return requireSome(walk(path, JarFiles::isJar), "there are no jars in " + argument);
        }
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        throw new IOException(
                Files.exists(path)
                        ? argument + " is neither a regular file nor a folder; name a jar or a folder with jars"
                        : "there is no file " + argument);
    }

    private static List<Path> requireSome(List<Path> jars, String failure) throws IOException {
        if (jars.isEmpty()) {
            throw new IOException(failure);
        }
        return jars;
    }

    private static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            // in the locale C, Java cannot open a file whose name has non-ASCII characters
            throw new IOException(
                    "'" + text + "' cannot be the name of a file here (" + e.getReason()
                            + "); rename the file or, on Linux, set LC_ALL to a UTF-8 locale, such as C.UTF-8",
                    e);
        }
    }

    private static boolean isJar(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * Returns the files that match a glob.
     *
     * @param firstSpecial the position of the first character that has a special meaning in globs
     */
    private static List<Path> matching(String argument, int firstSpecial) throws IOException {
        // in a glob, a backslash is not a separator
        String glob = File.separatorChar == '\\' ? argument.replace('\\', '/') : argument;
        int folderEnd = glob.lastIndexOf('/', firstSpecial) + 1;
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(folderEnd));
            return walk(path(glob.substring(0, folderEnd)), matcher);
        } catch (PatternSyntaxException e) {
            throw new IOException("'" + argument + "' is not a glob: " + e.getDescription(), e);
        }
    }

    /**
     * Returns the files in a folder and its subfolders whose path, relative to the folder, matches. Does not follow
     * links to folders, because they can form cycles.
     */
    private static List<Path> walk(Path folder, PathMatcher matcher) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Path start = folder.toRealPath();
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> Files.isRegularFile(file))
                    .map(start::relativize)
                    .filter(matcher::matches)
                    .sorted()
                    .map(folder::resolve)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
