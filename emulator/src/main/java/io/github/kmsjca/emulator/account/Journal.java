package io.github.kmsjca.emulator.account;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Where changes are made durable before they are acknowledged. */
@FunctionalInterface
public interface Journal {

    /**
     * Saves the state of all Regions.
     *
     * @param state makes the copy to save, by Region, at a cost that a journal without a place for it need not pay
     * @throws IOException if it could not be saved; what was saved before is still whole
     */
    void save(Supplier<Map<String, AccountState>> state) throws IOException;
}
