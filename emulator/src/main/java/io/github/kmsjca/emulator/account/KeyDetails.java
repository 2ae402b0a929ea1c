package io.github.kmsjca.emulator.account;

import java.time.Instant;
import java.util.NavigableMap;

/**
 * The creation date, scope, labels and status of a key. The primary key and the replicas of a multi-Region key have
 * separate details.
 */
public record KeyDetails(Instant created, KeyScope scope, KeyLabels labels, KeyStatus status) {

    KeyDetails withStatus(KeyStatus newStatus) {
        return new KeyDetails(created, scope, labels, newStatus);
    }

    KeyDetails withTags(NavigableMap<String, String> newTags) {
        return new KeyDetails(created, scope, new KeyLabels(labels.description(), newTags), status);
    }
}
