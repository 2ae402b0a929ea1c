package io.github.kmsjca.emulator.wire;

import java.util.ArrayList;
import java.util.List;

/** Broken constraints of one request, told in the service's words. */
final class Violations {
    private final List<String> texts = new ArrayList<>(0);

    /** Adds a constraint broken by a value that may be shown. */
    void add(Object value, String path, String rule) {
        texts.add("Value '" + value + "' at '" + path + "' failed to satisfy constraint: Member must " + rule);
    }

    /** Adds a constraint broken by a value that the service does not repeat. */
    void addHidden(String path, String rule) {
        texts.add("Value at '" + path + "' failed to satisfy constraint: Member must " + rule);
    }

    /** Adds the lack of a required member. */
    void addMissing(String path) {
        texts.add("Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }

    /**
     * Ends the check.
     *
     * @throws ServiceException ValidationException, if there was any violation
     */
    void requireNone() {
        if (!texts.isEmpty()) {
            String head = texts.size() == 1 ? "1 validation error" : texts.size() + " validation errors";
            throw ErrorType.VALIDATION.with(head + " detected: " + String.join("; ", texts));
        }
    }
}
