package io.github.kmsjca.emulator.key;

import java.util.Arrays;
import java.util.List;

/** The table of key agreement algorithms, as far as keys list them. */
public enum KeyAgreementAlgorithm {
    ECDH;

    static List<String> namesFor(KeySpec spec) {
        return spec.usages().contains(KeyUsage.KEY_AGREEMENT)
                ? Arrays.stream(values()).map(Enum::name).sorted().toList()
                : List.of();
    }
}
