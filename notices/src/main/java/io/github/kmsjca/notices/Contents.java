package io.github.kmsjca.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * What a jar really contains: libraries, and copies of other software inside them.
 *
 * @param libraries the libraries that have at least one file in the jar
 * @param copies the copies, each with the library that contains it
 * @param versions the versions of those copies that reveal one
 */
record Contents(List<Library> libraries, Map<EmbeddedLibrary, Library> copies, Map<EmbeddedLibrary, String> versions) {
    /** Files that the packaging makes itself, or merges from several libraries. */
    private static final Pattern MERGED = Pattern.compile("META-INF/(MANIFEST\\.MF|services/.*|maven/.*)");

    private static final Pattern MULTI_RELEASE = Pattern.compile("^META-INF/versions/\\d+/");

    /**
     * Finds out where each file of a jar comes from.
     *
     * @param relocated the folder to which the jar moves the packages of libraries, with a slash at its end, or ""
     * @param ownFiles the folder with the files of the module itself
     * @throws IOException if a jar cannot be read, or a file comes neither from a library nor from the module
     */
    static Contents of(Path jar, String relocated, Path ownFiles, List<Library> libraries) throws IOException {
        Map<Library, Set<String>> filesByLibrary = new TreeMap<>(Comparator.comparing(Library::key));
        for (Library library : libraries) {
            filesByLibrary.put(library, files(library.jar()));
        }
        Set<Library> found = new LinkedHashSet<>();
        Map<EmbeddedLibrary, Library> copies = new EnumMap<>(EmbeddedLibrary.class);
        Map<EmbeddedLibrary, String> versions = new EnumMap<>(EmbeddedLibrary.class);
        List<String> unknown = new ArrayList<>();
        for (String entry : files(jar)) {
            String name = entry.startsWith(relocated) ? entry.substring(relocated.length()) : entry;
            List<Library> owners = owners(name, filesByLibrary);
            if (owners.isEmpty() && !MERGED.matcher(entry).matches() && !Files.exists(ownFiles.resolve(entry))) {
                unknown.add(entry);
            }
            found.addAll(owners);
            for (EmbeddedLibrary copy : EmbeddedLibrary.values()) {
                if (!owners.isEmpty() && copy.contains(withoutRelease(name))) {
                    copies.put(copy, owners.get(0));
                    copy.version(withoutRelease(name)).ifPresent(version -> versions.put(copy, version));
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new IOException(jar.getFileName()
                    + " contains files that come neither from a library nor from this module; exclude them from the"
                    + " jar, or add them to MERGED in Contents: " + unknown);
        }
        return new Contents(
                filesByLibrary.keySet().stream().filter(found::contains).toList(), copies, versions);
    }

    /** Returns the libraries that have a file with this name, or none if the packaging merges such files. */
    private static List<Library> owners(String name, Map<Library, Set<String>> filesByLibrary) {
        if (MERGED.matcher(name).matches()) {
            return List.of();
        }
        return filesByLibrary.entrySet().stream()
                .filter(files -> files.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String withoutRelease(String name) {
        return MULTI_RELEASE.matcher(name).replaceFirst("");
    }

    private static Set<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = new HashSet<>();
            file.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }
}
