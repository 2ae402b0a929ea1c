package io.github.kmsjca.emulator.account;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The description and tags that the owner gives a key. The primary key and the replicas of a multi-Region key can have
 * different labels.
 */
public record KeyLabels(String description, NavigableMap<String, String> tags) {

    /** Copies the tags. */
    public KeyLabels {
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
    }

    /** Returns labels with an empty description and no tags. */
    public static KeyLabels none() {
        return new KeyLabels("", new TreeMap<>());
    }
}
