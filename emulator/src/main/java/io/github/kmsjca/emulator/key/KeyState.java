package io.github.kmsjca.emulator.key;

/** The states of a key. */
public enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_DELETION("PendingDeletion");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name on the wire. */
    public String wireName() {
        return wireName;
    }
}
