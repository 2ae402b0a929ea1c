package io.github.kmsjca.emulator.key;

import java.time.Instant;
import java.util.Optional;

/** The state of a key, with the date on which it will be deleted if that is pending. */
public record KeyStatus(KeyState state, Optional<Instant> deletionDate) {

    /**
     * Checks that a deletion date is there exactly if deletion is pending.
     *
     * @throws IllegalArgumentException otherwise
     */
    public KeyStatus {
        if (deletionDate.isPresent() != (state == KeyState.PENDING_DELETION)) {
            throw new IllegalArgumentException("a deletion date belongs to the state PendingDeletion and to no other");
        }
    }

    /** Returns the status of a key that can be used. */
    public static KeyStatus enabled() {
        return new KeyStatus(KeyState.ENABLED, Optional.empty());
    }

    /** Returns the status of a key that is switched off. */
    public static KeyStatus disabled() {
        return new KeyStatus(KeyState.DISABLED, Optional.empty());
    }

    /** Returns the status of a key that will be deleted. */
    public static KeyStatus pendingDeletion(Instant date) {
        return new KeyStatus(KeyState.PENDING_DELETION, Optional.of(date));
    }
}
