package io.github.kmsjca.emulator.key;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is told about a key beside its purpose: the part of a key that changes. */
public record KeyDetails(Instant created, String description, KeyStatus status, NavigableMap<String, String> tags) {

    /** Copies the tags. */
    public KeyDetails {
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
    }

    KeyDetails withStatus(KeyStatus newStatus) {
        return new KeyDetails(created, description, newStatus, tags);
    }

    KeyDetails withTags(NavigableMap<String, String> newTags) {
        return new KeyDetails(created, description, status, newTags);
    }
}
