package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Where an operation can be sent.
 *
 * @param regional the client of the Region
 * @param key the name of the key there; null if the operation concerns the account
 * @param isFirst whether this is the only Region, or the first of several. If the first Region does not have the key,
 *     the key does not exist. Other Regions may lack a replica.
 * @param isProbe whether the Region has an open circuit breaker, and is to be tried for a short time only
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
