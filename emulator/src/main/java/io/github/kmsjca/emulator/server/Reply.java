package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.control.FaultAction;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The HTTP answer to a request. */
// only carries bytes and is never compared
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, byte[] body, Optional<String> errorType) {
    private static final int NO_ANSWER = 0;

    static Reply of(@Nullable Answer answer) {
        return new Reply(200, answer == null ? new byte[0] : answer.toJson(), Optional.empty());
    }

    static Reply of(ServiceException refusal) {
        return error(refusal.type(), refusal.status(), refusal.getMessage());
    }

    static Reply of(FaultAction.Failure failure) {
        return error(failure.type(), failure.status(), failure.message());
    }

    /** Returns the reply that closes the connection without an answer. */
    static Reply none() {
        return new Reply(NO_ANSWER, new byte[0], Optional.empty());
    }

    boolean isNone() {
        return status == NO_ANSWER;
    }

    Reply rewritten(UnaryOperator<String> change) {
        String changed = change.apply(new String(body, StandardCharsets.UTF_8));
        return new Reply(status, changed.getBytes(StandardCharsets.UTF_8), errorType);
    }

    private static Reply error(String type, int status, @Nullable String message) {
        Answer body = new Answer().text("__type", type);
        if (message != null) {
            body.text("message", message);
        }
        return new Reply(status, body.toJson(), Optional.of(type));
    }
}
