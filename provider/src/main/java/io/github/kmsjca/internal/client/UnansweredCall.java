package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkException;

/** The reasons why a call got no answer from KMS, one row each with its remedy. */
enum UnansweredCall {
    NO_CREDENTIALS(
            "no AWS credentials were found; set AWS_PROFILE, the setting profile, or both AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY; if your login has expired, renew it",
            MissingCredentialsException.class),
    INTERRUPTED("the thread was interrupted", AbortedException.class, InterruptedException.class),
    TIMEOUT(
            "no answer in time; check the network, or raise the settings call-timeout and attempt-timeout",
            ApiCallTimeoutException.class,
            // an HTTP client throws this one if the time ends while it waits for a connection
            CancellationException.class,
            ApiCallAttemptTimeoutException.class),
    FAILED_CLIENT("the AWS SDK or its HTTP client failed; see the cause", FailedClientException.class),
    GARBLED(
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it",
            BadAnswerException.class,
            Crc32MismatchException.class,
            // the SDK's parser throws this one; a failed connection is an IOException
            UncheckedIOException.class),
    TLS("the TLS connection was refused; check the endpoint and the trusted certificates of Java", SSLException.class),
    UNREACHABLE(
            "the endpoint cannot be reached; check the network and the settings endpoint and region",
            IOException.class),
    UNREADABLE(
            "the answer cannot be read; check the endpoint and the proxies on the way to it",
            // the SDK's parser throws these for JSON without an object and for wrong Base64
            NullPointerException.class,
            IllegalArgumentException.class),
    INCOMPLETE(
            "a class that the AWS SDK or its HTTP client needs is missing; with keytool and jarsigner, use the one-file"
                    + " jar of kms-jca or add -J--add-modules=jdk.net",
            LinkageError.class),
    OTHER("the call could not be made; see the cause");

    private final String text;
    // never returned or changed
    @SuppressWarnings("ImmutableEnumChecker")
    private final Class<?>[] exceptions;

    UnansweredCall(String text, Class<?>... exceptions) {
        this.text = text;
        this.exceptions = exceptions;
    }

    static UnansweredCall of(SdkException failure) {
        return Stream.of(values())
                .filter(obstacle -> obstacle.matching(failure) != null)
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the exception for a call without an answer.
     *
     * @param failed the beginning of its text
     */
    static KmsException exception(String failed, SdkException failure) {
        UnansweredCall obstacle = of(failure);
        return new KmsException(
                failed + obstacle.describe(failure),
                new KmsException.Failure(obstacle.name(), 0, null, obstacle.isOutage()),
                SdkFailure.of(failure));
    }

    /** Returns whether the same call may succeed in another Region. */
    boolean isOutage() {
        return this == TIMEOUT || this == UNREACHABLE;
    }

    /** Returns the row's text with the text of the failure, in one line. */
    String describe(SdkException failure) {
        Throwable reason = this == OTHER ? failure : matching(failure);
        if (this == INTERRUPTED || this == UNREADABLE || (this == GARBLED && !(reason instanceof BadAnswerException))) {
            // the parser's text names classes and repeats the answer
            return text;
        }
        String detail = reason == null || reason.getMessage() == null ? "" : reason.getMessage();
        return detail.isEmpty()
                ? text
                : text + " (" + ForeignText.of(detail.lines().findFirst().orElse("")) + ")";
    }

    private @Nullable Throwable matching(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<?> type : exceptions) {
                if (type.isInstance(cause)) {
                    return cause;
                }
            }
        }
        return null;
    }
}
