package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.control.FaultAction;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP answer to a request.
 *
 * @param status the HTTP status, or 0 if nothing is sent
 * @param headers headers that are set after those that every answer has, and can replace them
 * @param body the whole body, even if only half of it is sent
 * @param errorType the error type in the body; empty if the body is not an error, or comes from a
 *     {@link FaultAction.Response}
 * @param delivery how much of the answer is sent
 */
// no code compares instances of this record
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body, Optional<String> errorType, Delivery delivery) {

    /** How much of an answer is sent. */
    enum Delivery {
        /** The whole answer. */
        COMPLETE,
        /** Half of the body. Then the connection is closed. */
        BROKEN_OFF,
        /** Half of the body. Then the connection stays open. */
        STALLED,
        /** Nothing. The connection stays open. */
        SILENT,
        /** Nothing. The connection is closed. */
        RESET
    }

    /** Returns the reply of a successful operation. If {@code answer} is null, the body is empty. */
    static Reply of(@Nullable Answer answer) {
        return complete(200, answer == null ? new byte[0] : answer.toJson(), Optional.empty());
    }

    static Reply of(ServiceException refusal) {
        return error(refusal.type(), refusal.status(), refusal.getMessage());
    }

    static Reply of(FaultAction.Failure failure) {
        return error(failure.type(), failure.status(), failure.message());
    }

    static Reply of(FaultAction.Response response) {
        return new Reply(response.status(), response.headers(), response.body(), Optional.empty(), Delivery.COMPLETE);
    }

    /**
     * Returns a reply that sends nothing.
     *
     * @param delivery {@code SILENT} or {@code RESET}
     */
    static Reply none(Delivery delivery) {
        return new Reply(0, Map.of(), new byte[0], Optional.empty(), delivery);
    }

    Reply rewritten(UnaryOperator<String> change) {
        String changed = change.apply(new String(body, StandardCharsets.UTF_8));
        return new Reply(status, headers, changed.getBytes(StandardCharsets.UTF_8), errorType, delivery);
    }

    Reply withDelivery(Delivery other) {
        return new Reply(status, headers, body, errorType, other);
    }

    private static Reply error(String type, int status, @Nullable String message) {
        Answer body = new Answer().text("__type", type);
        if (message != null) {
            body.text("message", message);
        }
        return complete(status, body.toJson(), Optional.of(type));
    }

    private static Reply complete(int status, byte[] body, Optional<String> errorType) {
        return new Reply(status, Map.of(), body, errorType, Delivery.COMPLETE);
    }
}
