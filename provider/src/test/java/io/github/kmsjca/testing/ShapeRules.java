package io.github.kmsjca.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
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

/**
 * Tests for the shape of classes and files. The architecture tests of provider, cli and spring-boot inherit them. The
 * emulator has its own, because it must not depend on the provider.
 */
public interface ShapeRules {
    /** The maximum number of lines of a source file in {@code src/main/java}. */
    int MAX_LINES = 400;

    /** Returns the main classes of the module. */
    JavaClasses classesOfModule();

    @Test
    default void classes_doNotUseStandardStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classesOfModule());
    }

    @Test
    default void javaUtilLogging_isNotUsed() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classesOfModule());
    }

    @Test
    default void classes_areFinalUnlessExtendedInTheirPackage() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should(beFinalOrExtendedInItsPackage())
                .check(classesOfModule());
    }

    @Test
    default void classes_doNotHaveVagueNames() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
                .check(classesOfModule());
    }

    @Test
    default void files_areShort() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".java") && lines(file) > MAX_LINES)
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

    private static ArchCondition<JavaClass> beFinalOrExtendedInItsPackage() {
        return new ArchCondition<>("be final, or package-private and extended in the same package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean allowed = type.getModifiers().contains(JavaModifier.FINAL) || isExtendedInItsPackage(type);
                events.add(new SimpleConditionEvent(type, allowed, type.getDescription()));
            }

            private boolean isExtendedInItsPackage(JavaClass type) {
                return !type.getModifiers().contains(JavaModifier.PUBLIC)
                        && type.getSubclasses().stream()
                                .anyMatch(subclass -> subclass.getPackage().equals(type.getPackage()));
            }
        };
    }
}
