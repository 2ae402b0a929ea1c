package io.github.kmsjca.emulator.account;

import java.time.Instant;
import java.util.NavigableMap;

/** What is told about a key beside its purpose: the part of a key that its Region has for itself. */
public record KeyDetails(Instant created, KeyScope scope, KeyLabels labels, KeyStatus status) {

    KeyDetails withStatus(KeyStatus newStatus) {
        return new KeyDetails(created, scope, labels, newStatus);
    }

    KeyDetails withTags(NavigableMap<String, String> newTags) {
        return new KeyDetails(created, scope, new KeyLabels(labels.description(), newTags), status);
    }
}
