package io.github.kmsjca.emulator.account;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Saves each change before the emulator acknowledges it. */
@FunctionalInterface
public interface StateStorage {

    /**
     * Saves the state of all Regions.
     *
     * @param state returns a copy of the state by Region; a storage that saves nothing does not call it
     * @throws IOException if the state cannot be saved; the previously saved state then does not change
     */
    void save(Supplier<Map<String, AccountState>> state) throws IOException;
}
