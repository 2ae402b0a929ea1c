package io.github.kmsjca.internal.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.emulator.algorithm.EncapsulationAlgorithm;
import io.github.kmsjca.emulator.algorithm.EncryptionAlgorithm;
import io.github.kmsjca.emulator.algorithm.SigningAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the key specs and KMS algorithms in the provider's tables with those of the emulator, and the provider's key
 * specs with its KeyPairGenerators. A key spec or KMS algorithm that is missing on one side makes a test fail, unless
 * the provider does not use it.
 */
class EmulatorTablesTest {
    /** The spec and the algorithm of symmetric encryption keys, which the provider does not use. */
    private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

    /** Ed25519 with prehash, which the provider does not use. KMS would hash the prehash again. */
    private static final String PREHASHED = "ED25519_PH_SHA_512";

    /** Encryption with SM2 keys, which the provider does not use. */
    private static final String SM2_ENCRYPTION = "SM2PKE";

    @Test
    void keySpecs_matchTheEmulator() {
        Set<String> expected = names(io.github.kmsjca.emulator.algorithm.KeySpec.values());
        expected.remove(SYMMETRIC);
        assertEquals(expected, names(KeySpec.values()));
    }

    @Test
    void signingAlgorithms_matchTheEmulator() {
        Set<String> expected = names(SigningAlgorithm.values());
        expected.remove(PREHASHED);
        assertEquals(expected, kmsAlgorithms(KeyUsage.SIGN_VERIFY));
    }

    @Test
    void encryptionAlgorithms_matchTheEmulator() {
        Set<String> expected = names(EncryptionAlgorithm.values());
        expected.removeAll(Set.of(SYMMETRIC, SM2_ENCRYPTION));
        assertEquals(expected, kmsAlgorithms(KeyUsage.ENCRYPT_DECRYPT));
    }

    @Test
    void otherAlgorithms_matchTheEmulator() {
        assertEquals(
                names(io.github.kmsjca.emulator.algorithm.KeyAgreementAlgorithm.values()),
                kmsAlgorithms(KeyUsage.KEY_AGREEMENT));
        assertEquals(names(EncapsulationAlgorithm.values()), kmsAlgorithms(KeyUsage.ENCAPSULATE_DECAPSULATE));
        assertEquals(
                names(io.github.kmsjca.emulator.algorithm.MacAlgorithm.values()),
                kmsAlgorithms(KeyUsage.GENERATE_VERIFY_MAC));
    }

    private static Set<String> kmsAlgorithms(KeyUsage usage) {
        return KeyAlgorithm.all()
                .filter(row -> row.usage() == usage)
                .flatMap(row -> row.keySpecs().stream().flatMap(spec -> row.kmsAlgorithms(spec).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
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
