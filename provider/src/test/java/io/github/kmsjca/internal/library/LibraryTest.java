package io.github.kmsjca.internal.library;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests which libraries and features are refused, and how texts name a library. If {@code refusal} returns null, the
 * library is accepted.
 */
class LibraryTest {
    private static FoundJar jar(String version) {
        return new FoundJar("x-" + version + ".jar", Version.of(version));
    }

    @ParameterizedTest
    @EnumSource
    void require_librariesOfTheBuild_areAccepted(Library library) {
        assertDoesNotThrow(library::require);
    }

    @ParameterizedTest
    @EnumSource
    void found_librariesOfTheBuild_haveAVersion(Library library) {
        assertTrue(
                library.found().matches("[a-zA-Z ]+ [0-9]+\\.[0-9.]+ \\([a-z0-9-]+-[0-9.]+\\.jar\\)"), library::found);
    }

    @Test
    void refusal_jarOfUnknownVersion_isNull() {
        assertNull(Library.AWS_SDK.refusal(List.of(jar("?"), jar("2.57.8"))));
    }

    @Test
    void refusal_oneOfTwoJarsTooOld_namesBoth() {
        assertEquals(
                "the AWS SDK 2.57.8 (x-2.57.8.jar) with 2.20.0 (x-2.20.0.jar) is too old for kms-jca; use"
                        + " software.amazon.awssdk:bom " + MinimumVersions.AWS_SDK + " or later",
                Library.AWS_SDK.refusal(List.of(jar("2.57.8"), jar("2.20.0"))));
    }

    @Test
    void refusal_minimumVersion_isNull() {
        assertNull(Library.AWS_SDK.refusal(List.of(jar(MinimumVersions.AWS_SDK))));
        assertNull(Library.BOUNCY_CASTLE.refusal(List.of(jar(MinimumVersions.BOUNCY_CASTLE))));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("newer-libraries")
    void require_featuresOfTheBuild_arePresent(LibraryFeature feature) {
        assertDoesNotThrow(feature::require);
    }
}
