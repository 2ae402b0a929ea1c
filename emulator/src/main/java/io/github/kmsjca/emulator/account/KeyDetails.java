package io.github.kmsjca.emulator.account;

import java.time.Instant;
import java.util.NavigableMap;

/** The creation date, scope, labels and status of a key. Each key of a multi-Region set has its own. */
public record KeyDetails(Instant created, KeyScope scope, KeyLabels labels, KeyStatus status) {

    KeyDetails withStatus(KeyStatus newStatus) {
        return new KeyDetails(created, scope, labels, newStatus);
    }

    KeyDetails withTags(NavigableMap<String, String> newTags) {
        return new KeyDetails(created, scope, new KeyLabels(labels.description(), newTags), status);
    }
}
