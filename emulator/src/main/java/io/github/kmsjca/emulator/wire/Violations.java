package io.github.kmsjca.emulator.wire;

import java.util.ArrayList;
import java.util.List;

/** The broken constraints of one request or state file, in the words that KMS uses. */
final class Violations {
    private final List<String> texts = new ArrayList<>(0);

    /** Adds a broken constraint, with the value that breaks it. */
    void add(Object value, String path, String rule) {
        texts.add("Value '" + value + "' at '" + path + "' failed to satisfy constraint: Member must " + rule);
    }

    /** Adds a broken constraint without the value, because KMS does not show byte strings and lists. */
    void addWithoutValue(String path, String rule) {
        texts.add("Value at '" + path + "' failed to satisfy constraint: Member must " + rule);
    }

    /** Adds a required member that is missing. */
    void addMissing(String path) {
        texts.add("Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }

    /**
     * Checks that no constraint is broken.
     *
     * @throws ServiceException of type {@code ValidationException} that lists all broken constraints
     */
    void requireNone() {
        if (!texts.isEmpty()) {
            String head = texts.size() == 1 ? "1 validation error" : texts.size() + " validation errors";
            throw ErrorType.VALIDATION.with(head + " detected: " + String.join("; ", texts));
        }
    }
}
