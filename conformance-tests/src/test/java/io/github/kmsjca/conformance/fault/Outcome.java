package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.fault.FaultedOperation.PreparedOperation;

/**
 * How an operation ended.
 *
 * @param text the exception as text, or an empty text if there was none
 */
record Outcome(Kind kind, String text) {

    /** The kinds of outcomes. */
    enum Kind {
        RIGHT_RESULT,
        /** An exception of a type that the operation may throw, with a clear text. */
        DOCUMENTED_EXCEPTION,
        /** A wrong result that the provider cannot detect, such as a wrong plaintext. */
        UNVERIFIABLE_RESULT,
        WRONG_RESULT,
        UNDOCUMENTED_EXCEPTION,
        /** A documented exception whose text is blank, or contains "null" or control characters. */
        UNCLEAR_TEXT
    }

    /** Runs an operation, and returns how it ended. */
    static Outcome of(FaultedOperation operation, PreparedOperation prepared) {
        try {
            return prepared.run() ? new Outcome(Kind.RIGHT_RESULT, "") : new Outcome(Kind.WRONG_RESULT, "");
        } catch (Exception e) {
            String text = String.valueOf(e.getMessage());
            if (operation.documented().stream().noneMatch(type -> type.isInstance(e))) {
                return new Outcome(Kind.UNDOCUMENTED_EXCEPTION, e.toString());
            }
            return text.isBlank() || text.contains("null") || text.chars().anyMatch(Character::isISOControl)
                    ? new Outcome(Kind.UNCLEAR_TEXT, e.toString())
                    : new Outcome(Kind.DOCUMENTED_EXCEPTION, text);
        } catch (StackOverflowError e) {
            return new Outcome(Kind.UNDOCUMENTED_EXCEPTION, e.toString());
        }
    }

    boolean isProblem() {
        return kind == Kind.WRONG_RESULT || kind == Kind.UNDOCUMENTED_EXCEPTION || kind == Kind.UNCLEAR_TEXT;
    }

    @Override
    public String toString() {
        return kind + " " + text;
    }
}
