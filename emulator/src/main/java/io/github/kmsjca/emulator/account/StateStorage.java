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
     * @param state returns a copy of the state by Region; a storage that saves nothing does not call {@code state}
     * @throws IOException if the state cannot be saved; the storage then keeps the state of the last successful call.
     *     The message names the storage and the reason, such as {@code /tmp/keys.json: No space left on device}.
     */
    void save(Supplier<Map<String, AccountState>> state) throws IOException;
}
