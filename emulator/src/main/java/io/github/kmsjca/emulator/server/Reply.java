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
 * @param headers the headers in addition to those of every answer
 * @param errorType the type of the error in the body; empty if the body has none
 * @param delivery how much of the answer is sent
 */
// only carries bytes and is never compared
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body, Optional<String> errorType, Delivery delivery) {

    /** How much of an answer is sent. */
    enum Delivery {
        /** All of it. */
        COMPLETE,
        /** Half of the body, and then the connection is closed. */
        BROKEN_OFF,
        /** Half of the body, and then nothing more. */
        STALLED,
        /** Nothing, and the connection stays open. */
        SILENT,
        /** Nothing, and the connection is closed. */
        RESET
    }

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

    /** Returns the reply of which nothing is sent. */
    static Reply none(Delivery delivery) {
        return new Reply(0, Map.of(), new byte[0], Optional.empty(), delivery);
    }

    Reply rewritten(UnaryOperator<String> change) {
        String changed = change.apply(new String(body, StandardCharsets.UTF_8));
        return new Reply(status, headers, changed.getBytes(StandardCharsets.UTF_8), errorType, delivery);
    }

    Reply delivered(Delivery other) {
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
