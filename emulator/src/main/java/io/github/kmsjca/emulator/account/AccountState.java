package io.github.kmsjca.emulator.account;

import java.util.Collection;
import java.util.List;

/** All keys and aliases of an account in one Region, at one moment. */
public record AccountState(Collection<KmsKey> keys, Collection<Alias> aliases) {

    /** Copies the keys and aliases. */
    public AccountState {
        keys = List.copyOf(keys);
        aliases = List.copyOf(aliases);
    }

    /** Returns the state of a new account, which has no keys and aliases. */
    public static AccountState empty() {
        return new AccountState(List.of(), List.of());
    }
}
