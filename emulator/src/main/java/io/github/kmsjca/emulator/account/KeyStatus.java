package io.github.kmsjca.emulator.account;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a key, and when the key will be deleted.
 *
 * @param deletionDate the end of the waiting period, if the period has begun
 * @param windowInDays the length of the waiting period, if the period begins only when the last replica is deleted
 */
public record KeyStatus(KeyState state, Optional<Instant> deletionDate, Optional<Integer> windowInDays) {

    /**
     * Checks that a status has {@code deletionDate} in the state PendingDeletion and in no other state, and
     * {@code windowInDays} in the state PendingReplicaDeletion and in no other state.
     *
     * @throws IllegalArgumentException if a check fails
     */
    public KeyStatus {
        if (deletionDate.isPresent() != (state == KeyState.PENDING_DELETION)) {
            throw new IllegalArgumentException(
                    "a key has a deletion date in the state PendingDeletion, and in no other state; this key has "
                            + (deletionDate.isPresent() ? "one" : "none") + " in the state " + state.wireName());
        }
        if (windowInDays.isPresent() != (state == KeyState.PENDING_REPLICA_DELETION)) {
            throw new IllegalArgumentException(
                    "a key has PendingDeletionWindowInDays in the state PendingReplicaDeletion, and in no other state;"
                            + " this key " + (windowInDays.isPresent() ? "has it" : "does not have it")
                            + " in the state " + state.wireName());
        }
    }

    /** Returns the status of an enabled key. */
    public static KeyStatus enabled() {
        return new KeyStatus(KeyState.ENABLED, Optional.empty(), Optional.empty());
    }

    /** Returns the status of a disabled key. */
    public static KeyStatus disabled() {
        return new KeyStatus(KeyState.DISABLED, Optional.empty(), Optional.empty());
    }

    /** Returns the status of a key that has no key material yet. */
    static KeyStatus pendingImport() {
        return new KeyStatus(KeyState.PENDING_IMPORT, Optional.empty(), Optional.empty());
    }

    /** Returns the status of a key that will be deleted at this time. */
    public static KeyStatus pendingDeletion(Instant date) {
        return new KeyStatus(KeyState.PENDING_DELETION, Optional.of(date), Optional.empty());
    }

    /** Returns the status of a primary key that will be deleted this many days after the last of its replicas. */
    public static KeyStatus pendingReplicaDeletion(int days) {
        return new KeyStatus(KeyState.PENDING_REPLICA_DELETION, Optional.empty(), Optional.of(days));
    }
}
