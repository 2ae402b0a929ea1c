package io.github.kmsjca.emulator.key;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The table of encryption algorithms, as far as keys list them. */
// the sets are unmodifiable
@SuppressWarnings("ImmutableEnumChecker")
public enum EncryptionAlgorithm {
    RSAES_OAEP_SHA_1(KeySpec.RSA),
    RSAES_OAEP_SHA_256(KeySpec.RSA),
    SM2PKE(Set.of(KeySpec.SM2)),
    SYMMETRIC_DEFAULT(Set.of(KeySpec.SYMMETRIC_DEFAULT));

    private final Set<KeySpec> specs;

    EncryptionAlgorithm(Set<KeySpec> specs) {
        this.specs = specs;
    }

    static List<String> namesFor(KeySpec spec) {
        return Arrays.stream(values())
                .filter(row -> row.specs.contains(spec))
                .map(Enum::name)
                .sorted()
                .toList();
    }
}
