package io.github.kmsjca.emulator.account;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Where the emulator saves each change before it answers the request. */
@FunctionalInterface
public interface StateStorage {

    /**
     * Saves the state of all Regions.
     *
     * @param state returns a copy of the state by Region; a storage that saves nothing does not call it
     * @throws IOException if the state cannot be saved; the earlier saved state then stays as it is
     */
    void save(Supplier<Map<String, AccountState>> state) throws IOException;
}
