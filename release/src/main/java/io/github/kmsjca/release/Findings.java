package io.github.kmsjca.release;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a release. */
final class Findings {
    private final List<String> errors = new ArrayList<>();

    /** Adds an error if a condition is false. */
    void require(boolean condition, String error) {
        if (!condition) {
            errors.add(error);
        }
    }

    List<String> errors() {
        return List.copyOf(errors);
    }
}
