package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyLabels;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The rules for the tags of a key. */
final class TagRules {
    private static final int MAX_TAGS = 50;

    private TagRules() {}

    /**
     * Returns the current tags and the tags of a request. A tag of the request replaces the current tag with the same
     * tag key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException TagException, if the tags break a rule
     */
    static NavigableMap<String, String> merge(NavigableMap<String, String> current, List<Input> added) {
        NavigableMap<String, String> tags = new TreeMap<>(current);
        Set<String> seen = new HashSet<>();
        for (Input tag : added) {
            String key = requireNotReserved(tag.get(Members.TAG_KEY));
            if (!seen.add(key)) {
                throw ErrorType.TAG.with("Duplicate tag keys");
            }
            tags.put(key, tag.get(Members.TAG_VALUE));
        }
        if (tags.size() > MAX_TAGS) {
            throw ErrorType.TAG.with("Too many tags");
        }
        return tags;
    }

    /**
     * Returns the description and the tags that a request gives a new key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException TagException, if the tags break a rule
     */
    static KeyLabels labels(Input input) {
        return new KeyLabels(
                input.find(Members.DESCRIPTION).orElse(""),
                merge(new TreeMap<>(), input.find(Members.TAGS).orElse(List.of())));
    }

    /**
     * Checks that a tag key is not reserved for AWS, and returns the tag key.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException TagException, if the tag key is reserved
     */
    static String requireNotReserved(String key) {
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw ErrorType.TAG.with("Tags beginning with aws: are reserved");
        }
        return key;
    }
}
