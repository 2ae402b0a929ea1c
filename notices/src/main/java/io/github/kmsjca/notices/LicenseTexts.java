package io.github.kmsjca.notices;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The license texts and notices of the components in a jar, as files of that jar. Components of one group share equal
 * texts.
 */
final class LicenseTexts {
    static final String FOLDER = "META-INF/licenses/";

    /** A text at the top or directly below META-INF, and each file of a folder for licenses. */
    private static final Pattern TEXT = Pattern.compile(
            "(?:META-INF/)?([^/]*(?:LICEN[CS]E|NOTICE|THIRD-PARTY|COPYING)[^/]*|(?<=META-INF/)LICEN[CS]ES?/.+)",
            Pattern.CASE_INSENSITIVE);

    /** The SPDX id of the Apache license, and the names that some POMs use instead. */
    private static final Pattern APACHE =
            Pattern.compile("(The )?Apache( Software)?( License)?(-| V|,? Version )2(\\.0)?");

    private final byte[] apacheLicense;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, List<String>> pathsByKey = new HashMap<>();

    /**
     * Starts without texts.
     *
     * @param apacheLicense the text of the Apache license, for libraries under this license that do not contain it
     */
    LicenseTexts(Path apacheLicense) throws IOException {
        this.apacheLicense = Files.readAllBytes(apacheLicense);
    }

    /**
     * Adds the texts that a library contains. If they include no license, adds the Apache license or the text that this
     * plugin has for the group of the library.
     */
    void add(Library library, String license) throws IOException {
        SortedMap<String, byte[]> texts = texts(library);
        if (texts.keySet().stream().allMatch(LicenseTexts::isNotice)) {
            texts.put(
                    "LICENSE",
                    APACHE.matcher(license).matches() ? apacheLicense : bundled(library.group(), library.key()));
        }
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            String folder = FOLDER + library.group() + "/";
            String path = folder + text.getKey();
            if (hasAnother(files, path, text.getValue())) {
                path = folder + library.name() + "-" + text.getKey();
            }
            put(library.key(), path, text.getValue());
            paths.add(path);
        }
        pathsByKey.put(library.key(), paths);
    }

    private void put(String library, String path, byte[] text) throws IOException {
        if (hasAnother(files, path, text)) {
            throw new IOException(library + " and another library have different texts for " + path
                    + "; give them different paths in LicenseTexts.add");
        }
        files.put(path, text);
    }

    private static boolean hasAnother(Map<String, byte[]> texts, String name, byte[] text) {
        return texts.containsKey(name) && !Arrays.equals(texts.get(name), text);
    }

    /** Adds the texts for a copy inside a library whose texts were added before. */
    void add(EmbeddedLibrary copy, Library host) throws IOException {
        List<String> paths = paths(host.key()).stream()
                .filter(path -> copy.hasText(path.substring(path.lastIndexOf('/') + 1)))
                .toList();
        if (paths.isEmpty()) {
            String path = FOLDER + copy.group() + "/LICENSE";
            put(copy.key(), path, bundled(copy.group(), copy.key()));
            paths = List.of(path);
        }
        pathsByKey.put(copy.key(), paths);
    }

    static boolean isNotice(String path) {
        return path.toUpperCase(Locale.ROOT).contains("NOTICE");
    }

    /** Returns all texts by their paths in the jar. */
    SortedMap<String, byte[]> files() {
        return files;
    }

    /** Returns the paths of the texts for a component. */
    List<String> paths(String key) {
        return pathsByKey.getOrDefault(key, List.of());
    }

    /** Returns the texts in a library by name. Of two different texts with one name, the second gets a number. */
    private static SortedMap<String, byte[]> texts(Library library) throws IOException {
        SortedMap<String, byte[]> texts = new TreeMap<>();
        try (JarFile jar = new JarFile(library.jar().toFile())) {
            for (JarEntry entry :
                    jar.stream().sorted(Comparator.comparing(JarEntry::getName)).toList()) {
                Matcher matcher = TEXT.matcher(entry.getName());
                if (matcher.matches() && !entry.isDirectory()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        add(texts, requireSafe(matcher.group(1), library), content.readAllBytes());
                    }
                }
            }
        }
        return texts;
    }

    private static void add(SortedMap<String, byte[]> texts, String name, byte[] text) {
        String free = name;
        for (int number = 2; hasAnother(texts, free, text); number++) {
            free = name + "-" + number;
        }
        texts.put(free, text);
    }

    /** Returns the name, or fails if it could lead out of the folder. Windows also reads a backslash as a separator. */
    private static String requireSafe(String name, Library library) throws IOException {
        if (name.contains("\\")
                || name.contains(":")
                || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw new IOException(library.key() + " contains a license text whose name could lead out of " + FOLDER
                    + ": " + name + "; give it another name in LicenseTexts.texts");
        }
        return name;
    }

    /** Returns the license text that this plugin has for a group. */
    private static byte[] bundled(String group, String key) throws IOException {
        try (InputStream text = LicenseTexts.class.getResourceAsStream(group + ".txt")) {
            if (text == null) {
                throw new IOException("no license text for " + key + ": add " + group
                        + ".txt to the resources of the module notices");
            }
            return text.readAllBytes();
        }
    }
}
