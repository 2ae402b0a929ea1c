package io.github.kmsjca.emulator.algorithm;

/** The content of the member {@code Message} in a request (KMS API {@code Sign}). */
public enum MessageType {
    RAW("Message"),
    DIGEST("Digest"),
    EXTERNAL_MU("External Mu");

    private final String noun;

    MessageType(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }
}
