package io.github.kmsjca;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, which docs/decisions on package arrows explains, and the shape of the classes. */
class ArchitectureTest {
    private static final String ROOT = "io.github.kmsjca";
    private static final int MOST_LINES = 400;
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(KmsProvider.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void arrows_runDownward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy(ROOT + ".cli")
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
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("root")
                .mayOnlyBeAccessedByLayers("cli")
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
                        ROOT + ".cli",
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

    @Test
    void nothing_isPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    }

    @Test
    void javaUtilLogging_isNotUsed() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(MAIN);
    }

    @Test
    void classes_areFinalUnlessMadeToBeExtended() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should(BE_FINAL_OR_EXTENDED_BESIDE)
                .check(MAIN);
    }

    @Test
    void classes_areNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
                .check(MAIN);
    }

    @Test
    void files_areOfAReadableLength() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".java") && lines(file) > MOST_LINES)
                            .toList());
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final ArchCondition<JavaClass> BE_FINAL_OR_EXTENDED_BESIDE =
            new ArchCondition<>("be final, or hidden in a package where another class extends them") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean fine = type.getModifiers().contains(JavaModifier.FINAL) || isExtendedBeside(type);
                    events.add(new SimpleConditionEvent(type, fine, type.getDescription()));
                }

                private boolean isExtendedBeside(JavaClass type) {
                    return !type.getModifiers().contains(JavaModifier.PUBLIC)
                            && type.getSubclasses().stream()
                                    .anyMatch(subclass -> subclass.getPackage().equals(type.getPackage()));
                }
            };
}
