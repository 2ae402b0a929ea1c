package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Saves the changes of all Regions.
 *
 * <p>It is also the lock under which they are made: one after the other, so that what is saved is never half of another
 * Region's change.
 */
final class Ledger {
    private final Journal journal;
    private final Supplier<Map<String, AccountState>> everything;

    Ledger(Journal journal, Supplier<Map<String, AccountState>> everything) {
        this.journal = journal;
        this.everything = everything;
    }

    /**
     * Saves a change that was just made.
     *
     * @param undo takes it back, if it cannot be saved
     */
    void save(Runnable undo) {
        try {
            journal.save(everything);
        } catch (IOException e) {
            undo.run();
            throw ErrorType.KMS_INTERNAL.with("The emulator could not save its state: " + e);
        }
    }
}
