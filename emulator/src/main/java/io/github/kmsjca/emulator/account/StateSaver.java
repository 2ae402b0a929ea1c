package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Saves the state of all Regions in the {@link StateStorage}.
 *
 * <p>A thread must hold the monitor of this object while it makes and saves a change. So only one change runs at a
 * time, and the saved state never contains an incomplete change.
 */
final class StateSaver {
    private final StateStorage storage;
    private final Supplier<Map<String, AccountState>> state;

    StateSaver(StateStorage storage, Supplier<Map<String, AccountState>> state) {
        this.storage = storage;
        this.state = state;
    }

    /**
     * Saves a change that is already made in memory.
     *
     * @param undo reverts the change in memory; runs if the change cannot be saved
     * @throws io.github.kmsjca.emulator.wire.ServiceException KMSInternalException, if the change cannot be saved
     */
    void save(Runnable undo) {
        try {
            storage.save(state);
        } catch (IOException e) {
            undo.run();
            throw ErrorType.KMS_INTERNAL.with("The emulator could not save its state in " + e.getMessage());
        }
    }
}
