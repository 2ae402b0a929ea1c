package io.github.kmsjca.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentListTest {
    private static final String MODULE = "pkg:maven/org.own/own@1?type=jar";
    private static final String MADE_BY_CYCLONEDX = """
            {"serialNumber": "urn:uuid:old",
             "metadata": {"component": {"type": "library", "purl": "%1$s", "bom-ref": "%1$s"}},
             "components": [
              {"group": "org.a", "name": "a", "version": "2", "bom-ref": "pkg:maven/org.a/a@2",
               "hashes": [{"alg": "MD5", "content": "0"}, {"alg": "SHA-256", "content": "1"}],
               "licenses": [{"license": {"id": "MIT"}}]},
              {"group": "org.b", "name": "b", "version": "3", "bom-ref": "pkg:maven/org.b/b@3",
               "licenses": [{"license": {"name": "Own"}}, {"expression": "MIT OR 0BSD"}]}],
             "dependencies": [
              {"ref": "%1$s", "dependsOn": ["pkg:maven/org.a/a@2", "pkg:maven/org.b/b@3"]},
              {"ref": "pkg:maven/org.a/a@2", "dependsOn": []},
              {"ref": "pkg:maven/org.b/b@3", "dependsOn": []}]}
            """.formatted(MODULE);

    @TempDir
    Path folder;

    private ComponentList list;

    @BeforeEach
    void read() throws IOException {
        list = ComponentList.read(Files.writeString(folder.resolve("bom.json"), MADE_BY_CYCLONEDX));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(list.toBytes());
    }

    @Test
    void lines_haveTheLicenses() {
        assertEquals(
                List.of(
                        new ComponentList.Line("org.a:a", "2", "MIT"),
                        new ComponentList.Line("org.b:b", "3", "Own, MIT OR 0BSD")),
                list.lines());
    }

    @Test
    void retain_removesOtherComponentsAndReferencesToThem() throws IOException {
        list.retain(Set.of("org.a:a"));
        assertEquals(List.of(new ComponentList.Line("org.a:a", "2", "MIT")), list.lines());
        assertEquals(2, json().path("dependencies").size());
        assertEquals(
                "[\"pkg:maven/org.a/a@2\"]",
                json().at("/dependencies/0/dependsOn").toString());
    }

    @Test
    void retain_keepsOnlyStrongHashes() throws IOException {
        list.retain(Set.of("org.a:a"));
        assertEquals(
                "[{\"alg\":\"SHA-256\",\"content\":\"1\"}]",
                json().at("/components/0/hashes").toString());
    }

    @Test
    void describeProgram_declaresACompleteListOfTheJar() throws IOException {
        list.describeProgram("all");
        String program = "pkg:maven/org.own/own@1?classifier=all&type=jar";
        assertEquals(program, json().at("/metadata/component/purl").asText());
        assertEquals("application", json().at("/metadata/component/type").asText());
        assertEquals(program, json().at("/dependencies/0/ref").asText());
        assertEquals(
                "[{\"aggregate\":\"complete\",\"assemblies\":[\"" + program + "\"]}]",
                json().path("compositions").toString());
    }

    @Test
    void describeLibrary_saysWhetherTheListIsComplete() throws IOException {
        list.describeLibrary(false);
        assertEquals(
                "[{\"aggregate\":\"incomplete\",\"dependencies\":[\"" + MODULE + "\"]}]",
                json().path("compositions").toString());
        list.describeLibrary(true);
        assertEquals("complete", json().at("/compositions/0/aggregate").asText());
    }

    @Test
    void add_embeddedLibrary_isADependencyOfItsHost() throws IOException {
        list.add(EmbeddedLibrary.SCHUBFACH, new Library("org.a", "a", folder), null);
        assertEquals(
                "[\"pkg:maven/com.github.c4f7fcce9cb06515/schubfach#a\"]",
                json().at("/dependencies/1/dependsOn").toString());
        assertEquals(
                new ComponentList.Line("com.github.c4f7fcce9cb06515:schubfach", "", "MIT"),
                list.lines().get(0));
    }
}
