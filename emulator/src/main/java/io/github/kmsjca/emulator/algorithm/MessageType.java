package io.github.kmsjca.emulator.algorithm;

/** What the member {@code Message} of a request holds (KMS API {@code Sign}). */
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
