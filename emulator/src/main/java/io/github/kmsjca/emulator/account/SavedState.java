package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Saves the state of all Regions. A change is made and saved while its thread holds the monitor of this object, so only
 * one change runs at a time and the saved state never contains half of another one.
 */
final class SavedState {
    private final StateStorage storage;
    private final Supplier<Map<String, AccountState>> everything;

    SavedState(StateStorage storage, Supplier<Map<String, AccountState>> everything) {
        this.storage = storage;
        this.everything = everything;
    }

    /**
     * Saves a change that is already made in memory.
     *
     * @param undo reverts the change if it cannot be saved
     */
    void save(Runnable undo) {
        try {
            storage.save(everything);
        } catch (IOException e) {
            undo.run();
            throw ErrorType.KMS_INTERNAL.with("The emulator could not save its state: " + e);
        }
    }
}
