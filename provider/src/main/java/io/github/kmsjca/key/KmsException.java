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
 * A KMS call that failed or could not be made, a KMS key or KMS answer that the provider cannot use, or a library that
 * is missing or too old. The message is one sentence. After a failed call, it contains the operation, the key if the
 * operation has one, the reason, the remedy, and the request id if KMS answered.
 *
 * <p>Where the JCA demands a checked exception, such as {@code SignatureException}, this exception is the cause of the
 * checked exception.
 */
public final class KmsException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The details of the failure, apart from the message. */
    private final Failure failure;

    /**
     * The details of a failure, apart from the message.
     *
     * @param code the error code, see {@link KmsException#code}
     * @param httpStatus the HTTP status of the answer; 0 if there was no answer, or if its status is not known
     * @param requestId the id that AWS gave the request; null if KMS did not answer
     * @param retryable whether the same call may succeed later, see {@link KmsException#isRetryable}
     * @serial exclude
     */
    // javadoc accepts @serial exclude on a record, but Error Prone does not know that
    @SuppressWarnings("InvalidBlockTag")
    public record Failure(
            String code, int httpStatus, @Nullable String requestId, boolean retryable) implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Cleans and shortens text that the service may have sent. */
        public Failure {
            code = ForeignText.of(code);
            requestId = requestId == null ? null : ForeignText.of(requestId);
        }

        /**
         * Returns the details of a failure that is not retryable and has no answer from KMS.
         *
         * @param code the error code, see {@link KmsException#code}
         * @return the details, without HTTP status and request id
         */
        public static Failure of(String code) {
            return new Failure(code, 0, null, false);
        }
    }

    /**
     * Creates an exception.
     *
     * @param message one sentence without secrets; control characters and other invisible characters are replaced
     * @param failure the details of the failure
     * @param cause the cause of the failure; null if there is none
     */
    public KmsException(String message, Failure failure, @Nullable Throwable cause) {
        super(ForeignText.clean(message), cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /**
     * Returns the error code. If KMS reported an error, it is the KMS error code, such as {@code DisabledException}.
     * Otherwise it is the provider's name for the reason, such as {@code NO_CREDENTIALS} or {@code TIMEOUT}.
     *
     * @return the error code
     */
    public String code() {
        return failure.code;
    }

    /**
     * Returns the HTTP status of the answer.
     *
     * @return the status; empty if there was no answer, or if its status is not known
     */
    public OptionalInt httpStatus() {
        return failure.httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(failure.httpStatus);
    }

    /**
     * Returns the id of the request, by which AWS Support can find the request.
     *
     * @return the request id; empty if KMS did not answer
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(failure.requestId);
    }

    /**
     * Returns whether the same call may succeed later. This is the case, for example, after throttling, after an
     * internal KMS error, or if KMS could not be reached or did not answer in time.
     *
     * @return true if a later call may succeed
     */
    public boolean isRetryable() {
        return failure.retryable;
    }
}
