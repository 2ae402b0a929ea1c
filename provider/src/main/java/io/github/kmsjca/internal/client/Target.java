package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Where an operation can be sent.
 *
 * @param regional the client of the Region
 * @param key the name of the key there; null if the operation concerns the account
 * @param role what the Region is for this operation
 */
record Target(RegionalClient regional, @Nullable KeyId key, Role role) {
    /** What a Region is for an operation. */
    enum Role {
        /** The only Region, or the first of several. If the key is not there, it does not exist. */
        FIRST,
        /** Another Region of a multi-Region key, which may have no replica there. */
        REPLICA,
        /** A Region with an open circuit breaker, which is tried for a short time. */
        PROBE
    }

    /** Returns the same target, to be tried for a short time only. */
    Target asProbe() {
        return new Target(regional, key, Role.PROBE);
    }

    /** Returns whether the Region is to be tried for a short time only. */
    boolean isProbe() {
        return role == Role.PROBE;
    }

    RegionHealth health() {
        return regional.health();
    }
}
