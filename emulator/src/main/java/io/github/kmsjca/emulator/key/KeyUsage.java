package io.github.kmsjca.emulator.key;

import java.util.List;
import java.util.function.Function;

/** The table of key usages: what a key is for, and where its algorithms stand in an answer. */
// the function is a stateless method reference
@SuppressWarnings("ImmutableEnumChecker")
public enum KeyUsage {
    ENCRYPT_DECRYPT("EncryptionAlgorithms", EncryptionAlgorithm::namesFor),
    GENERATE_VERIFY_MAC("MacAlgorithms", MacAlgorithm::namesFor),
    KEY_AGREEMENT("KeyAgreementAlgorithms", KeyAgreementAlgorithm::namesFor),
    SIGN_VERIFY("SigningAlgorithms", SigningAlgorithm::namesFor);

    private final String algorithmsMember;
    private final Function<KeySpec, List<String>> algorithms;

    KeyUsage(String algorithmsMember, Function<KeySpec, List<String>> algorithms) {
        this.algorithmsMember = algorithmsMember;
        this.algorithms = algorithms;
    }

    /** Returns the name of the member that lists the algorithms of a key with this usage. */
    public String algorithmsMember() {
        return algorithmsMember;
    }

    /** Returns the names of the algorithms of a key with this usage, in alphabetical order. */
    public List<String> algorithms(KeySpec spec) {
        return algorithms.apply(spec);
    }
}
