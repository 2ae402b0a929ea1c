package io.github.kmsjca.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the structure of the emulator's main code: which layers a layer may access, cycles, names of types, which
 * classes and fields are final, what the code must not use, and the length of files.
 */
@AnalyzeClasses(packages = "io.github.kmsjca.emulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.kmsjca.emulator";
    private static final int MAX_LINES = 400;

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("root")
            .definedBy(ROOT)
            .layer("server")
            .definedBy(ROOT + ".server")
            .layer("state")
            .definedBy(ROOT + ".state")
            .layer("operation")
            .definedBy(ROOT + ".operation")
            .layer("control")
            .definedBy(ROOT + ".control")
            .layer("account")
            .definedBy(ROOT + ".account")
            .layer("algorithm")
            .definedBy(ROOT + ".algorithm")
            .layer("material")
            .definedBy(ROOT + ".material")
            .layer("wire")
            .definedBy(ROOT + ".wire")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("server")
            .mayOnlyAccessLayers("operation", "control", "account", "material", "wire")
            .whereLayer("state")
            .mayOnlyAccessLayers("account", "algorithm", "material", "wire")
            .whereLayer("operation")
            .mayOnlyAccessLayers("account", "algorithm", "material", "wire")
            .whereLayer("control")
            .mayOnlyAccessLayers("wire")
            .whereLayer("account")
            .mayOnlyAccessLayers("algorithm", "material", "wire")
            .whereLayer("algorithm")
            .mayOnlyAccessLayers("material", "wire")
            .whereLayer("material")
            .mayNotAccessAnyLayer()
            .whereLayer("wire")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("io.github.kmsjca.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_ARE_SPECIFIC =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Base)(\\$.*)?");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .and(new DescribedPredicate<JavaClass>("are not enum constants with a body") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getRawSuperclass().stream().noneMatch(JavaClass::isEnum);
                }
            })
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule STATIC_FIELDS_ARE_FINAL = fields().that().areStatic().should(ArchConditions.beFinal());

    @ArchTest
    static final ArchRule ONLY_MAIN_PRINTS = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule PROVIDERS_ARE_NOT_REGISTERED = noClasses()
            .should()
            .callMethod(Security.class, "addProvider", Provider.class)
            .orShould()
            .callMethod(Security.class, "insertProviderAt", Provider.class, int.class);

    @ArchTest
    static void types_areFreeOfCycles(JavaClasses classes) {
        assertEquals(List.of(), TypeCycles.in(classes));
    }

    @Test
    void mainFiles_haveAtMost400Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(sources.size() > 40, "the test finds only these source files: " + sources);
            for (Path source : sources) {
                int lines = Files.readAllLines(source).size();
                assertTrue(lines <= MAX_LINES, source + " has " + lines + " lines");
            }
        }
    }
}
