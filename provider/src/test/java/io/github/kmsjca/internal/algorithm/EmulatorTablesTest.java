package io.github.kmsjca.internal.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the provider's tables with those of the emulator, and the provider's key specs with its KeyPairGenerators. A
 * row that is missing on one side makes a test fail.
 */
class EmulatorTablesTest {
    /** The spec of symmetric encryption keys, which the provider does not use. */
    private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

    /** Ed25519 with prehash, which the provider does not use. KMS would hash the prehash again. */
    private static final String PREHASHED = "ED25519_PH_SHA_512";

    @Test
    void keySpecs_matchTheEmulator() {
        Set<String> expected = names(io.github.kmsjca.emulator.algorithm.KeySpec.values());
        expected.remove(SYMMETRIC);
        assertEquals(expected, names(KeySpec.values()));
    }

    @Test
    void signingAlgorithms_matchTheEmulator() {
        Set<String> expected = names(io.github.kmsjca.emulator.algorithm.SigningAlgorithm.values());
        expected.remove(PREHASHED);
        assertEquals(
                expected,
                Arrays.stream(SignatureAlgorithm.values())
                        .flatMap(row -> row.keySpecs().stream().flatMap(spec -> row.kmsAlgorithms(spec).stream()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** SM2 keys have no KeyPairGenerator, because the JCA has no name for one. */
    @Test
    void keyPairSpecs_exceptSm2_haveAGenerator() {
        Set<KeySpec> expected = EnumSet.allOf(KeySpec.class);
        expected.removeIf(spec -> spec.family() == KeyFamily.HMAC || spec.family() == KeyFamily.SM2);
        assertEquals(
                expected,
                Arrays.stream(KeyPairAlgorithm.values())
                        .flatMap(KeyPairAlgorithm::keySpecs)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(KeySpec.class))));
    }

    private static Set<String> names(Enum<?>[] rows) {
        return Stream.of(rows).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
