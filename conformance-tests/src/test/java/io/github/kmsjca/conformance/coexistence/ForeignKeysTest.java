package io.github.kmsjca.conformance.coexistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import java.security.Security;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that our provider changes nothing for keys of other providers, at several positions in the list and together
 * with {@link OtherProviders}.
 */
class ForeignKeysTest {
    private static final Predicate<String> SUCCESSFUL_HANDSHAKE =
            Pattern.compile("handshake: TLS.*, true").asMatchPredicate();
    private static final SoftwareKeys KEYS = SoftwareKeys.generate();

    @AutoClose
    private static final Target TARGET = Target.open();

    /** Lets the JDK's providers make the keys and certificates of {@link TlsHandshake}, which are made only once. */
    @BeforeAll
    static void makeTlsIdentity() throws Exception {
        TlsHandshake.result("TLSv1.3");
    }

    @BeforeEach
    @AfterEach
    void restore() {
        OtherProviders.restore();
    }

    static Stream<OtherProviders> otherProviders() {
        return SuiteExtent.firstOf(OtherProviders.values());
    }

    @ParameterizedTest
    @MethodSource("otherProviders")
    void foreignKeys_everyOperationAtTestedPositions_giveTheSameResultsAsWithoutUs(OtherProviders others) {
        others.install();
        ForeignOperations operations = new ForeignOperations(KEYS);
        List<String> without = operations.results();
        assertTrue(
                without.stream().filter(line -> line.endsWith(", true")).count() > 20,
                () -> "too few operations succeed:\n" + String.join("\n", without));
        requireHandshake(without);

        for (int position : others.positions()) {
            assertEquals(position, Security.insertProviderAt(TARGET.provider(), position));
            assertSameResults(without, operations.results(), "at position " + position);
            Security.removeProvider(TARGET.provider().getName());
        }
    }

    @ParameterizedTest
    @MethodSource("otherProviders")
    void foreignKeys_installed_giveTheSameResultsAsWithoutUs(OtherProviders others) {
        others.install();
        ForeignOperations operations = new ForeignOperations(KEYS);
        List<String> without = operations.results();
        requireHandshake(without);
        OtherProviders.installOurs(TARGET.provider());
        assertSameResults(without, operations.results(), "after install()");
    }

    @Test
    void foreignKeys_settingCreateAndUsFirst_giveTheSameResultsAsWithoutUs() {
        ForeignOperations operations = new ForeignOperations(KEYS);
        List<String> without = operations.results();
        assertEquals(2, without.stream().filter(SUCCESSFUL_HANDSHAKE).count());
        Security.insertProviderAt(TARGET.provider("create=true"), 1);
        assertSameResults(without, operations.results(), "with create=true");
    }

    /** Checks that a handshake succeeds. A comparison of two exceptions would prove nothing. */
    private static void requireHandshake(List<String> results) {
        assertTrue(
                results.stream().anyMatch(SUCCESSFUL_HANDSHAKE),
                () -> "no handshake succeeds:\n" + String.join("\n", results));
    }

    /**
     * Compares the results without our provider and with our provider. One difference is allowed, for the key with the
     * algorithm RSASSA-PSS: without our provider, the first RSASSA-PSS engine can refuse this key. With our provider,
     * our engine finds a provider that accepts it.
     */
    private static void assertSameResults(List<String> without, List<String> with, String where) {
        assertEquals(without.size(), with.size());
        for (int index = 0; index < without.size(); index++) {
            String line = without.get(index);
            if (!line.matches("Signature RSASSA-PSS by RSASSA-PSS: .*Exception")) {
                assertEquals(line, with.get(index), where);
            } else {
                assertTrue(with.get(index).endsWith(": true") || with.get(index).equals(line), with.get(index));
            }
        }
    }
}
