package io.github.kmsjca.emulator.algorithm;

/** The table of key usages, each with the name of the member that lists its algorithms in an answer. */
public enum KeyUsage {
    ENCAPSULATE_DECAPSULATE("EncapsulationAlgorithms"),
    ENCRYPT_DECRYPT("EncryptionAlgorithms"),
    GENERATE_VERIFY_MAC("MacAlgorithms"),
    KEY_AGREEMENT("KeyAgreementAlgorithms"),
    SIGN_VERIFY("SigningAlgorithms");

    private final String algorithmsMember;

    KeyUsage(String algorithmsMember) {
        this.algorithmsMember = algorithmsMember;
    }

    /** Returns the name of the member that lists the algorithms of a key with this usage. */
    public String algorithmsMember() {
        return algorithmsMember;
    }
}
