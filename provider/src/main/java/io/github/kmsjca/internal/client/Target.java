package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A Region that an operation can be sent to.
 *
 * @param regional the client of the Region
 * @param key the name of the key in the Region; null if the operation concerns the account
 * @param isFirst whether this is the only Region, or the first in the setting {@code regions}. If this Region does not
 *     have the key, the key does not exist. In the other Regions, a replica may be missing.
 * @param isProbe whether the Region has an open circuit breaker, and is tried only for a short time
 */
record Target(RegionalClient regional, @Nullable KeyId key, boolean isFirst, boolean isProbe) {
    /** Returns the only Region of an operation. */
    static Target only(RegionalClient regional, @Nullable KeyId key) {
        return new Target(regional, key, true, false);
    }

    Target asProbe() {
        return new Target(regional, key, isFirst, true);
    }

    Target asOrdinary() {
        return new Target(regional, key, isFirst, false);
    }

    /** Returns whether a failure means that the Region has no replica of the key. */
    boolean hasNoReplica(SdkException failure) {
        return !isFirst && KmsErrors.isNotFound(failure);
    }

    RegionHealth health() {
        return regional.health();
    }
}
