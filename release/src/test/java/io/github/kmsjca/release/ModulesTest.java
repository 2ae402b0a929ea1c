package io.github.kmsjca.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares the BOM with the other POMs, and tests that server-tests is not published. A module is published unless its
 * POM sets {@code maven.deploy.skip}.
 */
@Tag("same-on-every-jdk")
class ModulesTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("kmsjca.root")));

    private static String pom(String module) throws IOException {
        return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }

    /** Returns the parts of a text that match, without XML tags. */
    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(found -> found.replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static List<String> modules() throws IOException {
        String parent = pom("");
        return all("<module>.*?</module>", parent.substring(0, parent.indexOf("</modules>")));
    }

    @Test
    void bom_hasExactlyThePublishedModules() throws IOException {
        Set<String> published = new TreeSet<>();
        for (String module : modules()) {
            String pom = pom(module).replaceFirst("(?s)<parent>.*?</parent>", "");
            if (!pom.contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
                published.add(all("<artifactId>.*?</artifactId>", pom).get(0));
            }
        }
        assertTrue(published.remove("kms-jca-bom"));

        String bom = pom("bom");
        String managed = bom.substring(bom.indexOf("<dependencies>"), bom.indexOf("</dependencies>"));
        assertEquals(published, new TreeSet<>(all("<artifactId>.*?</artifactId>", managed)));
    }

    /** The BOM has no parent, so it repeats the versions of the plugins that install and publish it. */
    @Test
    void bom_hasThePluginVersionsOfTheParent() throws IOException {
        String bom = pom("bom");
        List<String> plugins = new ArrayList<>();
        for (String plugin : List.of("install", "deploy")) {
            String version = all("<" + plugin + "-plugin\\.version>.*?</", pom(""))
                    .get(0)
                    .replace("</", "");
            plugins.add("<artifactId>maven-" + plugin + "-plugin</artifactId><version>" + version + "</version>");
        }
        String text = bom.replaceAll("\\s", "");
        for (String plugin : plugins) {
            assertTrue(text.contains(plugin), plugin);
        }
    }

    /** Only a profile builds server-tests, so {@link #modules} does not return it. */
    @Test
    void serverTests_areNotPublished() throws IOException {
        assertTrue(pom("server-tests").contains("<maven.deploy.skip>true</maven.deploy.skip>"));
    }
}
