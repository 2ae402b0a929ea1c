package io.github.kmsjca.notices;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of components (SBOM) of a jar, in the format CycloneDX. */
final class ComponentList {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HASHES = Set.of("SHA-256", "SHA-512");

    private final ObjectNode root;

    private ComponentList(ObjectNode root) {
        this.root = root;
    }

    /** Reads the list that the CycloneDX plugin makes: all dependencies of the module, whatever its jar contains. */
    static ComponentList read(Path file) throws IOException {
        return new ComponentList((ObjectNode) JSON.readTree(file.toFile()));
    }

    /** Declares that this list describes the jar with the classifier, and that it names everything in that jar. */
    void describeProgram(String classifier) {
        ObjectNode component = (ObjectNode) root.path("metadata").path("component");
        String ref = component.path("purl").asText();
        String program = ref.replace("?", "?classifier=" + classifier + "&");
        component.put("type", "application").put("purl", program).put("bom-ref", program);
        for (JsonNode node : root.path("dependencies")) {
            if (node.path("ref").asText().equals(ref)) {
                ((ObjectNode) node).put("ref", program);
            }
        }
        UUID serial = UUID.nameUUIDFromBytes(program.getBytes(StandardCharsets.UTF_8));
        root.put("serialNumber", "urn:uuid:" + serial);
        declare("complete", "assemblies", program);
    }

    /**
     * Declares whether this list names all libraries that the described library needs at run time.
     *
     * @param complete false if programs that use the library bring some of them, in their own versions
     */
    void describeLibrary(boolean complete) {
        declare(
                complete ? "complete" : "incomplete",
                "dependencies",
                root.path("metadata").path("component").path("purl").asText());
    }

    /** Writes a CycloneDX composition: whether this list names all that {@code ref} contains or needs. */
    private void declare(String aggregate, String what, String ref) {
        ObjectNode composition = root.putArray("compositions").addObject();
        composition.put("aggregate", aggregate).putArray(what).add(ref);
    }

    /** Keeps only the components with these keys (group:name), and only the hashes in {@link #HASHES}. */
    void retain(Set<String> keys) {
        Set<String> removed = new HashSet<>();
        for (JsonNode component : root.withArray("components")) {
            if (!keys.contains(key(component))) {
                removed.add(component.path("bom-ref").asText());
            }
        }
        removeIf(root.withArray("components"), component -> !keys.contains(key(component)));
        removeIf(
                root.withArray("dependencies"),
                node -> removed.contains(node.path("ref").asText()));
        for (JsonNode node : root.withArray("dependencies")) {
            if (node.has("dependsOn")) {
                removeIf((ArrayNode) node.get("dependsOn"), ref -> removed.contains(ref.asText()));
            }
        }
        for (JsonNode component : root.withArray("components")) {
            if (component.has("hashes")) {
                removeIf(
                        (ArrayNode) component.get("hashes"),
                        hash -> !HASHES.contains(hash.path("alg").asText()));
            }
        }
    }

    private static void removeIf(ArrayNode array, Predicate<JsonNode> condition) {
        for (Iterator<JsonNode> nodes = array.elements(); nodes.hasNext(); ) {
            if (condition.test(nodes.next())) {
                nodes.remove();
            }
        }
    }

    /**
     * Adds a copy, as a dependency of the library that contains it.
     *
     * @param version the version of the copy; null if it is unknown
     */
    void add(EmbeddedLibrary copy, Library host, @Nullable String version) {
        String purl = "pkg:maven/" + copy.key().replace(':', '/') + (version == null ? "" : "@" + version);
        String ref = purl + "#" + host.name();
        ObjectNode component = root.withArray("components").addObject();
        component.put("type", "library").put("bom-ref", ref);
        component
                .put("group", copy.group())
                .put("name", copy.key().substring(copy.group().length() + 1));
        if (version != null) {
            component.put("version", version);
        }
        component.put("description", "A copy inside " + host.key()).put("scope", "required");
        component.putArray("licenses").addObject().putObject("license").put("id", copy.license());
        component.put("purl", purl);
        for (JsonNode node : root.withArray("dependencies")) {
            if (node.path("ref").asText().startsWith("pkg:maven/" + host.key().replace(':', '/') + "@")) {
                ((ObjectNode) node).withArray("dependsOn").add(ref);
            }
        }
        root.withArray("dependencies").addObject().put("ref", ref).putArray("dependsOn");
    }

    /** Returns one line for each component, sorted by its key. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (JsonNode component : root.path("components")) {
            List<String> licenses = new ArrayList<>();
            for (JsonNode choice : component.path("licenses")) {
                JsonNode license = choice.path("license");
                // a choice is a license with an id, a license with a name, or an expression
                licenses.add(license.path("id")
                        .asText(license.path("name")
                                .asText(choice.path("expression").asText())));
            }
            lines.add(new Line(key(component), component.path("version").asText(), String.join(", ", licenses)));
        }
        lines.sort(Comparator.comparing(Line::key));
        return lines;
    }

    private static String key(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText();
    }

    /** Returns the list as JSON, the same bytes for the same list. */
    byte[] toBytes() throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return (JSON.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A component.
     *
     * @param key its group and name
     * @param version its version, or "" if it is unknown
     * @param license its licenses, as SPDX ids where there is one
     */
    record Line(String key, String version, String license) {}

    /** Returns the licenses by the key of the component. */
    Map<String, String> licenses() {
        return lines().stream().collect(Collectors.toMap(Line::key, Line::license));
    }
}
