package io.github.kmsjca.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kmsjca.testing.ShapeRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dependencies of the starter, and the shape of its classes. */
class ArchitectureTest implements ShapeRules {
    private static final String ROOT = "io.github.kmsjca";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(KmsProviderInitializer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    /** Types that the starter uses although the provider does not export them. */
    private static final Set<String> HIDDEN = Set.of("KmsSettings", "Setting", "SettingLine");

    @Override
    public JavaClasses classesOfModule() {
        return MAIN;
    }

    @Test
    void starter_dependsOnlyOnExportedPackagesSpringAndListedTypes() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".spring", ROOT + ".key")
                        .or(listed())
                        .or(resideInAnyPackage(
                                "java.lang..",
                                "java.util..",
                                "java.security..",
                                "org.jspecify..",
                                "org.springframework.beans..",
                                "org.springframework.boot..",
                                "org.springframework.context..",
                                "org.springframework.core..")))
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> listed() {
        return DescribedPredicate.describe(
                "are listed here",
                type -> HIDDEN.stream().anyMatch(name -> type.getName().equals(ROOT + ".internal.config." + name)));
    }
}
