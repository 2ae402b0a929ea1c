package io.github.kmsjca.emulator.control;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a fault does to a request. */
public sealed interface FaultAction {

    /** Waits, then passes the request on to the next fault that matches, or to the operation. */
    record Delay(Duration time) implements FaultAction {}

    /** Answers with an error instead of running the operation. */
    record Failure(String type, int status, @Nullable String message) implements FaultAction {
        static Failure of(ErrorType type, @Nullable String message) {
            return new Failure(type.wireName(), type.status(), message);
        }
    }

    /** Answers with AccessDeniedException and the message that KMS sends for the operation and key of the request. */
    record Denial() implements FaultAction {}

    /** Closes the connection without an answer. The operation does not run. */
    record Reset() implements FaultAction {}

    /** Sends no answer and keeps the connection open. The operation does not run. */
    record Silence() implements FaultAction {}

    /** Sends any HTTP answer instead of running the operation. */
    // never compared
    @SuppressWarnings("ArrayRecordComponent")
    record Response(int status, Map<String, String> headers, byte[] body) implements FaultAction {}

    /** Runs the operation, sends half of its answer, and then closes the connection. */
    record BreakOff() implements FaultAction {}

    /** Runs the operation, sends half of its answer, and then sends nothing more. */
    record Stall() implements FaultAction {}

    /** Runs the operation, and then does something else instead of sending its answer. */
    record After(FaultAction action) implements FaultAction {}

    /** Runs the operation and changes the body of its answer. */
    record Rewrite(UnaryOperator<String> change) implements FaultAction {}
}
