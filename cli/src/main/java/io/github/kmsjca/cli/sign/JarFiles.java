package io.github.kmsjca.cli.sign;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
     * @param arguments each is a file, a folder or a glob (see {@link FileSystems#getPathMatcher}). A folder means all
     *     jars in it and its subfolders.
     * @throws IOException if an argument names no jar
     */
    public static List<Path> find(Collection<String> arguments) throws IOException {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (String argument : arguments) {
            List<Path> jars = jars(argument);
            if (jars.isEmpty()) {
                throw new IOException("there are no jars in " + argument);
            }
            for (Path jar : jars) {
                found.putIfAbsent(jar.toRealPath(), jar);
            }
        }
        return List.copyOf(found.values());
    }

    private static List<Path> jars(String argument) throws IOException {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            return walk(path, JarFiles::isJar);
        }
        if (Files.exists(path)) {
            return List.of(path);
        }
        if (GLOB_CHARACTER.matcher(argument).find()) {
            return matching(argument);
        }
        throw new IOException("there is no file " + argument);
    }

    private static boolean isJar(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<Path> matching(String glob) throws IOException {
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return walk(beforeGlob(glob), matcher);
        } catch (PatternSyntaxException e) {
            throw new IOException("'" + glob + "' is not a glob: " + e.getDescription(), e);
        }
    }

    /** Returns the folder before the first component with a character of globs. */
    private static Path beforeGlob(String glob) {
        var character = GLOB_CHARACTER.matcher(glob);
        String plain = character.find() ? glob.substring(0, character.start()) : glob;
        return Path.of(plain.substring(0, plain.lastIndexOf('/') + 1));
    }

    /** Returns the matching files under a folder. Does not follow links to folders, which can form circles. */
    private static List<Path> walk(Path folder, PathMatcher matcher) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && matcher.matches(file))
                    .sorted()
                    .toList();
        }
    }
}
