package io.github.kmsjca.emulator.control;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a fault does to a request. The operation of the request runs only if the description of the action says so. */
public sealed interface FaultAction {

    /** Waits, and then passes the request to the next fault that matches, or to the operation. */
    record Delay(Duration time) implements FaultAction {}

    /** Answers with an error. If {@code message} is null, the answer has no message member. */
    record Failure(String type, int status, @Nullable String message) implements FaultAction {
        static Failure of(ErrorType type, @Nullable String message) {
            return new Failure(type.wireName(), type.status(), message);
        }
    }

    /** Answers with AccessDeniedException and the message that KMS sends for the operation and key of the request. */
    record Denial() implements FaultAction {}

    /** Closes the connection without an answer. */
    record Reset() implements FaultAction {}

    /** Sends no answer and keeps the connection open. */
    record Silence() implements FaultAction {}

    /** Sends any HTTP answer. */
    // no code compares instances of this record
    @SuppressWarnings("ArrayRecordComponent")
    record Response(int status, Map<String, String> headers, byte[] body) implements FaultAction {}

    /** Runs the operation, sends half of its answer, and then closes the connection. */
    record BreakOff() implements FaultAction {}

    /** Runs the operation, sends half of its answer, and then sends nothing more. */
    record Stall() implements FaultAction {}

    /** Runs the operation, and then performs another action instead of sending the answer of the operation. */
    record After(FaultAction action) implements FaultAction {}

    /** Runs the operation and changes the body of its answer. */
    record Rewrite(UnaryOperator<String> change) implements FaultAction {}
}
