package io.github.kmsjca.emulator.account;

/** The states of a key. */
public enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_DELETION("PendingDeletion"),

    /** The state of a key whose key material is to be imported. */
    PENDING_IMPORT("PendingImport"),

    /** The state of a primary key that waits for the end of its replicas before its own waiting period begins. */
    PENDING_REPLICA_DELETION("PendingReplicaDeletion");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name on the wire. */
    public String wireName() {
        return wireName;
    }

    /** Returns whether the key will be deleted, unless that is cancelled. */
    public boolean isPendingDeletion() {
        return this == PENDING_DELETION || this == PENDING_REPLICA_DELETION;
    }
}
