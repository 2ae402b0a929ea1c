package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Checks the content of the library jar and of the one-file jar. */
class JarContentsTest {
    private static final Path LIBRARY = Workplace.required("kmsjca.library-jar");
    private static final Path ONE_FILE = Workplace.allJar();
    private static final String COMMANDS = "io/github/kmsjca/cli/";
    private static final String SERVICE = "META-INF/services/java.security.Provider";

    @Test
    void libraryJar_containsTheProviderAndNoCommand() throws IOException {
        try (JarFile jar = new JarFile(LIBRARY.toFile())) {
            assertProvider(jar);
            assertEquals(List.of(), startingWith(jar, COMMANDS));
            assertFalse(jar.getManifest().getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS));
        }
    }

    @Test
    void libraryJar_doesNotReferToPicocli() throws IOException {
        ModuleDescriptor module =
                ModuleFinder.of(LIBRARY).findAll().iterator().next().descriptor();
        assertEquals("io.github.kmsjca", module.name());
        assertTrue(
                module.requires().stream().noneMatch(required -> required.name().contains("picocli")));
        try (JarFile jar = new JarFile(LIBRARY.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    assertFalse(text(jar, entry.getName()).contains("picocli"), entry::getName);
                }
            }
        }
    }

    @Test
    void oneFileJar_containsTheProviderAndTheCommands() throws IOException {
        try (JarFile jar = new JarFile(ONE_FILE.toFile())) {
            assertProvider(jar);
            String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            assertEquals("io.github.kmsjca.cli.Main", main);
            assertNotNull(jar.getEntry(main.replace('.', '/') + ".class"));
        }
    }

    /** Programs can use other versions of the same libraries, so the jar renames the packages of its copies. */
    @Test
    void oneFileJar_containsItsLibrariesUnderOtherPackageNames() throws IOException {
        try (JarFile jar = new JarFile(ONE_FILE.toFile())) {
            for (String folder :
                    List.of("software/amazon/awssdk/", "org/bouncycastle/asn1/", "org/slf4j/", "picocli/")) {
                assertFalse(
                        startingWith(jar, "io/github/kmsjca/shaded/" + folder).isEmpty(), folder);
            }
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("io/github/kmsjca/"))
                    .toList();
            assertEquals(List.of(), classes);
        }
    }

    /** Checks that the jar contains the provider's class, and that {@link #SERVICE} names only this class. */
    private static void assertProvider(JarFile jar) throws IOException {
        String name = KmsProvider.class.getName();
        assertNotNull(jar.getEntry(name.replace('.', '/') + ".class"));
        assertEquals(name, text(jar, SERVICE).strip());
    }

    private static List<String> startingWith(JarFile jar, String folder) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(folder))
                .toList();
    }

    /** Returns an entry as text with one character for each byte, so that names in class files can be found. */
    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getJarEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
