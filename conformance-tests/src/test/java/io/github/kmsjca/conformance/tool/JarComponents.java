package io.github.kmsjca.conformance.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar with its list of components (SBOM).
 *
 * @param names the names of the files in the jar
 * @param list the list of components; {@link MissingNode} if the jar has none
 * @param components the components in the list, by {@code group:name}; empty if the jar has no list
 */
record JarComponents(Path jar, List<String> names, JsonNode list, Map<String, JsonNode> components) {
    /** The folder where the AWS SDK keeps its copies of other libraries. */
    private static final String COPIES = "software/amazon/awssdk/thirdparty/";

    /** Maps a folder to the component whose files it contains. {@code group:*} stands for all components of a group. */
    private static final Map<String, String> COMPONENTS_BY_FOLDER = Map.ofEntries(
            Map.entry("software/amazon/awssdk/", "software.amazon.awssdk:*"),
            Map.entry("software/amazon/awssdk/thirdparty/jackson/core/", "com.fasterxml.jackson.core:jackson-core"),
            Map.entry(
                    "software/amazon/awssdk/thirdparty/jackson/core/internal/shaded/fdp/",
                    "ch.randelshofer:fastdoubleparser"),
            Map.entry(
                    "software/amazon/awssdk/thirdparty/jackson/core/io/schubfach/",
                    "com.github.c4f7fcce9cb06515:schubfach"),
            Map.entry("software/amazon/eventstream/", "software.amazon.awssdk:*"),
            Map.entry("org/apache/hc/client5/", "org.apache.httpcomponents.client5:httpclient5"),
            Map.entry("org/apache/hc/core5/", "org.apache.httpcomponents.core5:httpcore5"),
            Map.entry("org/apache/hc/core5/http2/", "org.apache.httpcomponents.core5:httpcore5-h2"),
            Map.entry("org/bouncycastle/", "org.bouncycastle:bcprov-jdk18on"),
            Map.entry("org/publicsuffix/", "org.publicsuffix:list"),
            Map.entry("org/reactivestreams/", "org.reactivestreams:reactive-streams"),
            Map.entry("org/slf4j/", "org.slf4j:slf4j-api"),
            Map.entry("org/slf4j/impl/", "org.slf4j:slf4j-nop"),
            Map.entry("org/jspecify/", "org.jspecify:jspecify"),
            Map.entry("picocli/", "info.picocli:picocli"),
            Map.entry("com/fasterxml/jackson/annotation/", "com.fasterxml.jackson.core:jackson-annotations"),
            Map.entry("com/fasterxml/jackson/core/", "com.fasterxml.jackson.core:jackson-core"),
            Map.entry("com/fasterxml/jackson/core/internal/shaded/fdp/", "ch.randelshofer:fastdoubleparser"),
            Map.entry("com/fasterxml/jackson/core/io/schubfach/", "com.github.c4f7fcce9cb06515:schubfach"),
            Map.entry("com/fasterxml/jackson/databind/", "com.fasterxml.jackson.core:jackson-databind"));

    /** Maps the start of a file name to an AWS SDK module that has no version file ({@link #AWS_VERSION}). */
    private static final Map<String, String> AWS_MODULES = Map.of(
            "software/amazon/awssdk/http/SdkHttp",
            "http-client-spi",
            "software/amazon/awssdk/http/apache5/",
            "apache5-client",
            "software/amazon/awssdk/http/urlconnection/",
            "url-connection-client",
            "software/amazon/awssdk/utils/",
            "utils",
            "software/amazon/awssdk/utilslite/",
            "utils-lite",
            COPIES + "jackson/core/",
            "third-party-jackson-core");

    /** What can precede the package in a file name: the folder of a Java version, and the prefix of relocated code. */
    private static final Pattern BEFORE_PACKAGE =
            Pattern.compile("^(META-INF/versions/\\d+/)?(io/github/kmsjca/shaded/)?");

    private static final Pattern LIST = Pattern.compile("META-INF/sbom/.*\\.cdx\\.json");
    private static final Pattern AWS_VERSION =
            Pattern.compile("META-INF/software\\.amazon\\.awssdk/([^/]+)/version\\.properties");

    /**
     * Reads a jar.
     *
     * @throws IllegalStateException if the jar has two lists of components
     */
    static JarComponents of(Path jar) {
        Map<String, JsonNode> components = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();
            JsonNode list = MissingNode.getInstance();
            for (String name : names) {
                if (LIST.matcher(name).matches()) {
                    if (!list.isMissingNode()) {
                        throw new IllegalStateException(jar + " has a second list of components: " + name);
                    }
                    list = new ObjectMapper().readTree(read(file, name));
                }
            }
            for (JsonNode component : list.path("components")) {
                components.put(
                        component.path("group").asText() + ":"
                                + component.path("name").asText(),
                        component);
            }
            return new JarComponents(jar, names, list, components);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a file in the jar. */
    String text(String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new String(read(file, name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(JarFile file, String name) throws IOException {
        JarEntry entry = file.getJarEntry(name);
        if (entry == null) {
            throw new IllegalStateException(file.getName() + " has no " + name);
        }
        try (InputStream content = file.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }

    /** Returns the third-party files that belong to no known component. */
    List<String> unknownFiles() {
        return names.stream()
                .filter(name -> isThirdParty(name) && component(name).isEmpty())
                .toList();
    }

    /** Returns the third-party components with files in the jar. The AWS SDK's modules count as one component. */
    NavigableSet<String> contained() {
        NavigableSet<String> contained = new TreeSet<>();
        names.stream()
                .filter(JarComponents::isThirdParty)
                .flatMap(name -> component(name).stream())
                .forEach(contained::add);
        return contained;
    }

    /** Returns the third-party components in the list. The AWS SDK's modules count as one, as in {@link #contained}. */
    NavigableSet<String> listed() {
        NavigableSet<String> listed = new TreeSet<>();
        components.keySet().stream()
                .filter(key -> !key.startsWith("io.github.kmsjca:"))
                .map(key -> key.replaceFirst("^(software\\.amazon\\.awssdk):.*", "$1:*"))
                .forEach(listed::add);
        return listed;
    }

    /** Returns the modules of the AWS SDK that have a file in the jar. */
    NavigableSet<String> containedAwsModules() {
        NavigableSet<String> modules = new TreeSet<>();
        for (String name : names) {
            Matcher version = AWS_VERSION.matcher(name);
            if (version.matches()) {
                modules.add(version.group(1));
            }
            String inPackage = BEFORE_PACKAGE.matcher(name).replaceFirst("");
            AWS_MODULES.keySet().stream()
                    .filter(inPackage::startsWith)
                    .map(AWS_MODULES::get)
                    .forEach(modules::add);
        }
        return modules;
    }

    /** Returns the modules of the AWS SDK in the list. */
    NavigableSet<String> listedAwsModules() {
        NavigableSet<String> modules = new TreeSet<>();
        components.keySet().stream()
                .filter(key -> key.startsWith("software.amazon.awssdk:"))
                .map(key -> key.substring(key.indexOf(':') + 1))
                .forEach(modules::add);
        return modules;
    }

    /** Returns the license of a component: the SPDX id, or the license's name if it has no SPDX id. */
    static String license(JsonNode component) {
        JsonNode license = component.path("licenses").path(0).path("license");
        return license.path("id").asText(license.path("name").asText());
    }

    /** Returns the SHA-256 hash of the jar of a component, or "" for a copy inside a library. */
    static String hash(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return "";
    }

    private static boolean isThirdParty(String name) {
        String inPackage = BEFORE_PACKAGE.matcher(name).replaceFirst("");
        return !inPackage.startsWith("META-INF/")
                && !inPackage.startsWith("io/github/kmsjca/")
                && !inPackage.equals("module-info.class");
    }

    /**
     * Returns the component of the longest known folder that contains the file; empty if there is none. A file in
     * {@link #COPIES} never belongs to the AWS SDK itself.
     */
    private static Optional<String> component(String name) {
        String inPackage = BEFORE_PACKAGE.matcher(name).replaceFirst("");
        return COMPONENTS_BY_FOLDER.keySet().stream()
                .filter(inPackage::startsWith)
                .filter(folder -> folder.startsWith(COPIES) || !inPackage.startsWith(COPIES))
                .max(Comparator.comparingInt(String::length))
                .map(COMPONENTS_BY_FOLDER::get);
    }

    @Override
    public String toString() {
        return jar.getFileName().toString();
    }
}
