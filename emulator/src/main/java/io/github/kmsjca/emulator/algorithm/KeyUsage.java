package io.github.kmsjca.emulator.algorithm;

/** The table of key usages, each with the member of an answer that lists the algorithms for this usage. */
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
