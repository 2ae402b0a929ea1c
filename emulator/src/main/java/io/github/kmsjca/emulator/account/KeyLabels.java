package io.github.kmsjca.emulator.account;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the owner of a key says about it, for each Region anew. */
public record KeyLabels(String description, NavigableMap<String, String> tags) {

    /** Copies the tags. */
    public KeyLabels {
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
    }

    /** Returns an empty description and no tags. */
    public static KeyLabels none() {
        return new KeyLabels("", new TreeMap<>());
    }
}
