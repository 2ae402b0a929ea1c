package io.github.kmsjca.key;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.Serial;
import java.io.Serializable;
import java.security.ProviderException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A failed call of KMS. The text is one sentence: operation, key, reason, what to do, and the request id.
 *
 * <p>It is the cause of a {@code SignatureException} or another checked exception where the JCA demands one.
 */
public final class KmsException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /**
     * What is known of a failure besides its text.
     *
     * @param code see {@link KmsException#code}
     * @param httpStatus the status of the answer, 0 without one
     * @param requestId the id that the service gave the request; null without one
     * @param retryable see {@link KmsException#isRetryable}
     */
    public record Failure(
            String code, int httpStatus, @Nullable String requestId, boolean retryable) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Cleans and cuts what a service may have sent. */
        public Failure {
            code = ForeignText.of(code);
            requestId = requestId == null ? null : ForeignText.of(requestId);
        }

        /** Returns a failure without an answer that the same call does not get over. */
        public static Failure of(String code) {
            return new Failure(code, 0, null, false);
        }
    }

    /** Makes an exception of one sentence without secrets; characters that do not show themselves are replaced. */
    public KmsException(String message, Failure failure, @Nullable Throwable cause) {
        super(ForeignText.clean(message), cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /**
     * Returns the error code of the service, such as {@code DisabledException}. For a call without an answer it is the
     * name of the reason, such as {@code NO_CREDENTIALS} or {@code TIMEOUT}.
     */
    public String code() {
        return failure.code;
    }

    /** Returns the HTTP status of the answer; empty if there was none. */
    public OptionalInt httpStatus() {
        return failure.httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(failure.httpStatus);
    }

    /** Returns the id of the request, by which AWS Support finds it; empty if there was no answer. */
    public Optional<String> requestId() {
        return Optional.ofNullable(failure.requestId);
    }

    /** Returns whether the same call may succeed later: after throttling, an error of the service, or no answer in time. */
    public boolean isRetryable() {
        return failure.retryable;
    }
}
