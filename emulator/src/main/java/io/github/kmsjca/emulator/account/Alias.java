package io.github.kmsjca.emulator.account;

import java.time.Instant;

/**
 * A name that points to a key. The name begins with {@code alias/}.
 *
 * @param updated when the alias was last pointed to a key, which at first is the creation date
 */
public record Alias(String name, String targetKeyId, Instant created, Instant updated) {

    Alias withTarget(String keyId, Instant now) {
        return new Alias(name, keyId, created, now);
    }
}
