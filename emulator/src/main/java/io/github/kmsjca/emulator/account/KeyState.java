package io.github.kmsjca.emulator.account;

/** The states of a key. The KMS states Creating, Unavailable and Updating do not occur in the emulator. */
public enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_DELETION("PendingDeletion"),

    /** The key has no key material until its owner imports it. */
    PENDING_IMPORT("PendingImport"),

    /**
     * The key is a primary key with replicas, and its deletion is scheduled. Its waiting period begins when the last
     * replica is deleted.
     */
    PENDING_REPLICA_DELETION("PendingReplicaDeletion");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name in KMS answers. */
    public String wireName() {
        return wireName;
    }

    /** Returns whether the key will be deleted unless the deletion is cancelled. */
    boolean isPendingDeletion() {
        return this == PENDING_DELETION || this == PENDING_REPLICA_DELETION;
    }
}
