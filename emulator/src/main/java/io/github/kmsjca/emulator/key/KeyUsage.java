package io.github.kmsjca.emulator.key;

import java.util.List;
import java.util.function.Supplier;

/** The table of key usages: what a key is for, and where its algorithms stand in an answer. */
// a stateless method reference, since these enums and those name each other
@SuppressWarnings("ImmutableEnumChecker")
public enum KeyUsage {
    ENCAPSULATE_DECAPSULATE("EncapsulationAlgorithms", EncapsulationAlgorithm::values),
    ENCRYPT_DECRYPT("EncryptionAlgorithms", EncryptionAlgorithm::values),
    GENERATE_VERIFY_MAC("MacAlgorithms", MacAlgorithm::values),
    KEY_AGREEMENT("KeyAgreementAlgorithms", KeyAgreementAlgorithm::values),
    SIGN_VERIFY("SigningAlgorithms", SigningAlgorithm::values);

    private final String algorithmsMember;
    private final Supplier<KeyAlgorithm[]> algorithms;

    KeyUsage(String algorithmsMember, Supplier<KeyAlgorithm[]> algorithms) {
        this.algorithmsMember = algorithmsMember;
        this.algorithms = algorithms;
    }

    /** Returns the name of the member that lists the algorithms of a key with this usage. */
    public String algorithmsMember() {
        return algorithmsMember;
    }

    /** Returns the names of the algorithms of a key with this usage, in alphabetical order. */
    public List<String> algorithms(KeySpec spec) {
        return KeyAlgorithm.names(algorithms.get(), spec);
    }
}
