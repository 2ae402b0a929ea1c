package io.github.kmsjca.emulator.algorithm;

/** What the member {@code Message} of a request contains (KMS API {@code Sign}). */
public enum MessageType {
    RAW("Message"),
    DIGEST("Digest"),
    EXTERNAL_MU("External Mu");

    private final String nameInErrors;

    MessageType(String nameInErrors) {
        this.nameInErrors = nameInErrors;
    }

    /** Returns the name in KMS errors about the length of a message. */
    String nameInErrors() {
        return nameInErrors;
    }
}
