package io.github.kmsjca.emulator.control;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a test plans: which requests it affects, how many of them, and what it does.
 *
 * <p>A test builds a fault like this: {@code Fault.on("Sign").key("alias/release").times(2).throttled()}.
 *
 * <p>Do not use {@code breakOff}, {@code stall} and {@code corrupt} for an operation without output, such as
 * {@code CreateAlias}: the body of a successful answer is then empty, so the answer is complete.
 */
public record Fault(Match match, FaultAction action) {

    /** Begins a fault for one operation. By default, the fault affects one request. */
    public static Match on(String operation) {
        return new Match(operation, null, null, 1, false);
    }

    /** Begins a fault for all operations. By default, the fault affects one request. */
    public static Match onAny() {
        return new Match(null, null, null, 1, false);
    }

    /**
     * Which requests a fault affects. The methods that return a {@link Fault} also set what the fault does.
     *
     * @param operation the operation, or null for all
     * @param region the Region that the request is for, or null for all
     * @param key a part of the key identifier or alias name that the client sends, or null for all
     * @param count how many requests the fault affects
     * @param operationRuns whether the operation runs although the fault replaces its answer
     */
    public record Match(
            @Nullable String operation,
            @Nullable String region,
            @Nullable String key,
            long count,
            boolean operationRuns) {

        /** Checks that the fault affects at least one request. */
        public Match {
            if (count < 1) {
                throw new IllegalArgumentException("a fault must affect at least one request, not " + count);
            }
        }

        /** Limits the fault to requests for one Region. */
        public Match in(String name) {
            return new Match(operation, name, key, count, operationRuns);
        }

        /**
         * Limits the fault to requests whose key identifier or alias name contains a text. The fault compares the text
         * with identifiers as sent, so a fault for an alias does not affect a request with the key ARN.
         */
        public Match key(String part) {
            return new Match(operation, region, part, count, operationRuns);
        }

        /** Sets the number of requests that the fault affects. */
        public Match times(long number) {
            return new Match(operation, region, key, number, operationRuns);
        }

        /** Lets the fault affect all matching requests until {@link Faults#clear} removes the fault. */
        public Match always() {
            return new Match(operation, region, key, Long.MAX_VALUE, operationRuns);
        }

        /**
         * Lets the operation run before the fault replaces its answer, as if the network lost the answer. This method
         * changes nothing for faults that let the operation run anyway: delay, breakOff, stall, corrupt and rewrite.
         */
        public Match afterOperation() {
            return new Match(operation, region, key, count, true);
        }

        private Fault replacingAnswer(FaultAction action) {
            return new Fault(this, operationRuns ? new FaultAction.After(action) : action);
        }

        /** Waits, and then passes the request to the next fault that matches, or to the operation. */
        public Fault delay(Duration time) {
            return new Fault(this, new FaultAction.Delay(time));
        }

        /**
         * Answers with an error of any type and status. If {@code message} is null, the answer has no message member.
         */
        public Fault error(String type, int status, @Nullable String message) {
            return replacingAnswer(new FaultAction.Failure(type, status, message));
        }

        /**
         * Answers with a KMS error and the HTTP status of that error. If {@code message} is null, the answer has no
         * message member.
         */
        public Fault error(ErrorType type, @Nullable String message) {
            return replacingAnswer(FaultAction.Failure.of(type, message));
        }

        /** Answers with ThrottlingException and the message that KMS sends. */
        public Fault throttled() {
            return error(
                    ErrorType.THROTTLING,
                    "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.");
        }

        /** Answers with AccessDeniedException and the message that KMS sends. */
        public Fault accessDenied() {
            return replacingAnswer(new FaultAction.Denial());
        }

        /** Closes the connection without an answer. */
        public Fault reset() {
            return replacingAnswer(new FaultAction.Reset());
        }

        /** Sends no answer. The connection stays open until the client closes it or the emulator is closed. */
        public Fault silence() {
            return replacingAnswer(new FaultAction.Silence());
        }

        /** Sends any HTTP answer, for example one from a proxy. */
        public Fault response(int status, Map<String, String> headers, byte[] body) {
            return replacingAnswer(new FaultAction.Response(status, headers, body));
        }

        /** Lets the operation run, sends half of its answer and closes the connection. */
        public Fault breakOff() {
            return new Fault(this, new FaultAction.BreakOff());
        }

        /**
         * Lets the operation run and sends half of its answer, and then nothing more. The connection stays open until
         * the client closes it or the emulator is closed.
         */
        public Fault stall() {
            return new Fault(this, new FaultAction.Stall());
        }

        /** Lets the operation run and sends only half of the body of its answer, which is then not valid JSON. */
        public Fault corrupt() {
            return rewrite(body -> body.substring(0, body.length() / 2));
        }

        /** Lets the operation run and changes the body of its answer. */
        public Fault rewrite(UnaryOperator<String> change) {
            return new Fault(this, new FaultAction.Rewrite(change));
        }

        boolean matches(String requestOperation, String requestRegion, Collection<String> names) {
            return (operation == null || operation.equals(requestOperation))
                    && (region == null || region.equals(requestRegion))
                    && (key == null || names.stream().anyMatch(name -> name.contains(key)));
        }
    }
}
