package io.github.kmsjca.internal.library;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The jar or folder that a class of a library is loaded from.
 *
 * @param root the URL of the jar's root or of the folder, which ends with a slash; null if the class loader does not
 *     know it
 */
record LoadedJar(@Nullable String root) {
    /** The end of the URL of a jar's root. */
    private static final String JAR_ROOT = "!/";

    /**
     * Returns the jar of a class; empty if the class is missing.
     *
     * @param className the name of the class; must come from a constant, because the build of the one-file jar
     *     relocates only names in constants
     */
    static Optional<LoadedJar> of(String className) {
        String file = className.replace('.', '/') + ".class";
        @Nullable URL location = loader().getResource(file);
        if (location == null) {
            return isLoadable(className) ? Optional.of(new LoadedJar(null)) : Optional.empty();
        }
        String url = location.toString();
        int jarRoot = url.lastIndexOf(JAR_ROOT);
        int end = jarRoot < 0 ? url.length() - file.length() : jarRoot + JAR_ROOT.length();
        return Optional.of(new LoadedJar(url.substring(0, end)));
    }

    /**
     * Returns whether a class exists. Some class loaders, such as those of module layers, find a class but not its
     * file.
     */
    private static boolean isLoadable(String className) {
        try {
            Class.forName(className, false, loader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }

    private static ClassLoader loader() {
        ClassLoader own = LoadedJar.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /** Returns the name of the jar's file or of the folder, such as {@code kms-2.31.54.jar}. */
    String name() {
        if (root == null) {
            return "unknown file";
        }
        int end = root.length() - (root.endsWith(JAR_ROOT) ? JAR_ROOT.length() : 1);
        String path = root.substring(0, end);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Searches a text file of the jar for the first line that begins with a text, and returns the rest of this line.
     * The search ends at the first empty line, which ends the main section of a manifest. Empty if there is no such
     * line, or the file cannot be read.
     */
    Optional<String> line(String file, String beginning) {
        if (root == null) {
            return Optional.empty();
        }
        try {
            URL url = new URL(root + file);
            URLConnection connection = url.openConnection();
            // a cached connection would keep the jar open
            connection.setUseCaches(false);
            return connection instanceof JarURLConnection jar
                            && jar.getJarFileURL().getProtocol().equals("file")
                    ? lineInZip(new File(jar.getJarFileURL().toURI()), file, beginning)
                    : firstLine(connection.getInputStream(), beginning);
        } catch (IOException | URISyntaxException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads a file without verifying the signature of the jar. The verification would take 200 milliseconds. */
    private static Optional<String> lineInZip(File jar, String file, String beginning) throws IOException {
        try (ZipFile zip = new ZipFile(jar)) {
            ZipEntry entry = zip.getEntry(file);
            return entry == null ? Optional.empty() : firstLine(zip.getInputStream(entry), beginning);
        }
    }

    private static Optional<String> firstLine(InputStream input, String beginning) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            @Nullable String line = lines.readLine();
            while (line != null && !line.isEmpty()) {
                if (line.startsWith(beginning)) {
                    return Optional.of(line.substring(beginning.length()).strip());
                }
                line = lines.readLine();
            }
            return Optional.empty();
        }
    }
}
