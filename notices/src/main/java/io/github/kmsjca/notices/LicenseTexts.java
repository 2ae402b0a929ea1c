package io.github.kmsjca.notices;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final Pattern TEXT = Pattern.compile(
            "(?:META-INF/)?([^/]*(?:LICEN[CS]E|NOTICE|THIRD-PARTY|COPYING)[^/]*)", Pattern.CASE_INSENSITIVE);

    /** The SPDX id of the Apache license, and the names that some POMs use instead. */
    private static final Pattern APACHE =
            Pattern.compile("(The )?Apache( Software)?( License)?(-| V|,? Version )2(\\.0)?");

    private final byte[] apacheLicense;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, List<String>> pathsByKey = new HashMap<>();

    /**
     * Starts without texts.
     *
     * @param apacheLicense the file with the Apache license, which many libraries have but do not contain
     */
    LicenseTexts(Path apacheLicense) throws IOException {
        this.apacheLicense = Files.readAllBytes(apacheLicense);
    }

    /** Adds the texts that a library contains. If it contains no license, adds the one that this plugin has for it. */
    void add(Library library, String license) throws IOException {
        SortedMap<String, byte[]> texts = texts(library);
        if (texts.keySet().stream().allMatch(LicenseTexts::isNotice)) {
            texts.put(
                    "LICENSE",
                    APACHE.matcher(license).matches() ? apacheLicense : bundled(library.group(), library.key()));
        }
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            String path = FOLDER + library.group() + "/" + text.getKey();
            byte[] other = files.get(path);
            if (other != null && !Arrays.equals(other, text.getValue())) {
                path = FOLDER + library.group() + "/" + library.name() + "-" + text.getKey();
            }
            files.put(path, text.getValue());
            paths.add(path);
        }
        pathsByKey.put(library.key(), paths);
    }

    /** Adds the texts for a copy inside a library whose texts were added before. */
    void add(Copy copy, Library host) throws IOException {
        List<String> paths = paths(host.key()).stream()
                .filter(path -> copy.hasText(path.substring(path.lastIndexOf('/') + 1)))
                .toList();
        if (paths.isEmpty()) {
            String path = FOLDER + copy.group() + "/LICENSE";
            files.put(path, bundled(copy.group(), copy.key()));
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

    private static SortedMap<String, byte[]> texts(Library library) throws IOException {
        SortedMap<String, byte[]> texts = new TreeMap<>();
        try (JarFile jar = new JarFile(library.jar().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                Matcher matcher = TEXT.matcher(entry.getName());
                if (matcher.matches() && !entry.isDirectory()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        texts.put(matcher.group(1), content.readAllBytes());
                    }
                }
            }
        }
        return texts;
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
