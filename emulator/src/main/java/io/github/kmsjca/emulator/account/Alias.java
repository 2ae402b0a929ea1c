package io.github.kmsjca.emulator.account;

import java.time.Instant;

/** A second name for a key. The name begins with {@code alias/}. */
public record Alias(String name, String targetKeyId, Instant created, Instant updated) {

    Alias withTarget(String keyId, Instant now) {
        return new Alias(name, keyId, created, now);
    }
}
