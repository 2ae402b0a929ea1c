package io.github.kmsjca;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kmsjca.testing.ShapeRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, which docs/decisions on package arrows explains, and the shape of the classes. */
class ArchitectureTest implements ShapeRules {
    private static final String ROOT = "io.github.kmsjca";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(KmsProvider.class.getProtectionDomain().getCodeSource().getLocation());

    @Override
    public JavaClasses classesOfModule() {
        return MAIN;
    }

    @Test
    void arrows_runDownward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("root")
                .definedBy(ROOT)
                .layer("keystore")
                .definedBy(ROOT + ".keystore")
                .layer("signature")
                .definedBy(ROOT + ".signature")
                .layer("crypto")
                .definedBy(ROOT + ".crypto")
                .layer("key")
                .definedBy(ROOT + ".key")
                .layer("client")
                .definedBy(ROOT + ".client")
                .layer("config")
                .definedBy(ROOT + ".config")
                .layer("algorithm")
                .definedBy(ROOT + ".algorithm")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("keystore")
                .mayOnlyAccessLayers("key", "client", "config", "algorithm")
                .whereLayer("signature")
                .mayOnlyAccessLayers("key", "client", "config", "algorithm")
                .whereLayer("crypto")
                .mayOnlyAccessLayers("key", "client", "config", "algorithm")
                .whereLayer("key")
                .mayOnlyAccessLayers("client", "config", "algorithm")
                .whereLayer("client")
                .mayOnlyAccessLayers("config", "algorithm")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("algorithm")
                .mayNotAccessAnyLayer()
                .check(MAIN);
    }

    @Test
    void everyPackage_isOneOfTheseLayers() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".keystore",
                        ROOT + ".signature",
                        ROOT + ".crypto",
                        ROOT + ".key",
                        ROOT + ".client",
                        ROOT + ".config",
                        ROOT + ".algorithm")
                .check(MAIN);
    }

    @Test
    void packages_areFreeOfCycles() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void commands_areUnknown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", "picocli..")
                .check(MAIN);
    }

    @Test
    void awsSdk_isUsedByClientOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(MAIN);
    }

    @Test
    void calls_areMadeByHandlesAndSessionsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".client", ROOT + ".key")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.client\\.(KmsCalls|SecretCalls|KeyChanges)")
                .check(MAIN);
    }

    @Test
    void configAndAlgorithm_seeTheJdkOnly() {
        for (String name : List.of(ROOT + ".config", ROOT + ".algorithm")) {
            classes()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(name, "java..", "org.jspecify..")
                    .check(MAIN);
        }
    }

    /** The one-file jar leaves them out; of one that programs give us it takes theirs. */
    @Test
    void bouncyCastle_isUsedWithoutItsProvider() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "org.bouncycastle.jce..", "org.bouncycastle.jcajce..", "org.bouncycastle.pqc..")
                        .and(DescribedPredicate.not(
                                HasName.Predicates.name("org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec"))))
                .check(MAIN);
    }

    /** Oracle's JDK refuses the engines of {@code javax.crypto} of unsigned jars; all else has to do without them. */
    @Test
    void javaxCrypto_isUsedByItsEnginesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".crypto")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("javax.crypto..")
                        .and(DescribedPredicate.not(HasName.Predicates.name("javax.crypto.SecretKey"))))
                .check(MAIN);
    }
}
