package io.github.kmsjca.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the jars of a release.
 *
 * @param version the version of the release
 * @param recorded the known SHA-256 sums of libraries, by group, artifact and version
 * @param findings gets what is wrong
 */
record JarCheck(String version, Map<String, String> recorded, Findings findings) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks a jar with sources or Javadoc. */
    void checkDocumentation(String name, Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = names(file);
            requireTexts(name, names, List.of("META-INF/LICENSE", "META-INF/NOTICE"));
            // the pages of Javadoc contain jQuery, and the JDK adds its license
            findings.require(
                    names.stream().noneMatch(entry -> entry.contains("jquery")) || names.contains("legal/jquery.md"),
                    name + ": no license of jQuery");
            checkModes(name, jar, names);
        }
    }

    /** Checks a jar with classes, and the list of components that is published beside it. */
    void checkClasses(String name, Path jar, Path list) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = names(file);
            requireTexts(name, names, List.of("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/THIRD-PARTY.md"));
            List<String> strays = names.stream()
                    .filter(entry -> !entry.contains("/") && !entry.equals("module-info.class"))
                    .toList();
            findings.require(strays.isEmpty(), name + ": files outside of folders: " + strays);
            Attributes manifest = file.getManifest().getMainAttributes();
            findings.require(
                    version.equals(manifest.getValue("Implementation-Version")),
                    name + ": Implementation-Version is " + manifest.getValue("Implementation-Version"));
            findings.require(
                    names.contains("module-info.class") || manifest.getValue("Automatic-Module-Name") != null,
                    name + ": no module name");
            checkList(name, list(file, names), list);
            checkModes(name, jar, names);
        }
    }

    private static Set<String> names(JarFile file) {
        return file.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
    }

    private void requireTexts(String name, Set<String> names, List<String> required) {
        for (String text : required) {
            findings.require(names.contains(text), name + ": no " + text);
        }
    }

    /** Returns the list of components in a jar; null if the jar does not contain exactly one. */
    private static @Nullable JsonNode list(JarFile file, Set<String> names) throws IOException {
        List<String> lists = names.stream()
                .filter(entry -> entry.matches("META-INF/sbom/.*\\.cdx\\.json"))
                .toList();
        return lists.size() == 1 ? JSON.readTree(file.getInputStream(file.getEntry(lists.get(0)))) : null;
    }

    /**
     * Compares the list of components in a jar with the list beside the jar. Also compares the sums of the libraries
     * with the recorded sums, because {@code release/build} skips the test that compares them.
     */
    private void checkList(String name, @Nullable JsonNode inside, Path list) throws IOException {
        findings.require(inside != null, name + ": the jar does not contain exactly one list of components");
        if (inside == null) {
            return;
        }
        findings.require(
                Files.exists(list) && inside.equals(JSON.readTree(list.toFile())),
                name + ": the list of components beside the jar is missing or differs from the one in it");
        for (JsonNode component : inside.path("components")) {
            String library = component.path("group").asText() + ":"
                    + component.path("name").asText() + ":"
                    + component.path("version").asText();
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256") && !library.startsWith("io.github.kmsjca:")) {
                    findings.require(
                            hash.path("content").asText().equals(recorded.get(library)),
                            name + ": " + library + " does not have the sum in release/dependencies.txt");
                }
            }
        }
    }

    /** Requires that no entry has a file mode, because modes depend on the machine of the build. */
    private void checkModes(String name, Path jar, Set<String> names) throws IOException {
        List<String> withMode = new ArrayList<>();
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            for (String entry : names) {
                if (Files.getAttribute(zip.getPath(entry), "zip:permissions") != null) {
                    withMode.add(entry);
                }
            }
        }
        findings.require(withMode.isEmpty(), name + ": files with a mode: " + withMode);
    }
}
