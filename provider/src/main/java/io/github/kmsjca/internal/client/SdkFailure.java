package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Replaces an AWS SDK exception as the cause of a provider exception. The replacement has the same stack trace, and its
 * text names the type, error code, status and request id. The text repeats the original message only for the types in
 * {@link #WITH_SAFE_TEXT}: tools print the messages of all causes, and an SDK message may contain a session token, a
 * profile or an answer.
 */
final class SdkFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Exceptions whose texts, from the JDK or an HTTP client, name only hosts, certificates, files and classes. */
    private static final Class<?>[] WITH_SAFE_TEXT = {
        SocketException.class,
        UnknownHostException.class,
        InterruptedIOException.class,
        InterruptedException.class,
        SSLException.class,
        FileSystemException.class,
        LinkageError.class
    };

    private SdkFailure(String message, @Nullable SdkFailure cause, StackTraceElement[] stack) {
        super(message, cause);
        setStackTrace(stack);
    }

    /** Returns the replacement for an exception and its causes; null for null. */
    static @Nullable SdkFailure of(@Nullable Throwable original) {
        return of(original, Causes.MAX_DEPTH);
    }

    private static @Nullable SdkFailure of(@Nullable Throwable original, int depth) {
        if (original == null || depth == 0) {
            return null;
        }
        return original instanceof SdkFailure done
                ? done
                : new SdkFailure(describe(original), of(original.getCause(), depth - 1), original.getStackTrace());
    }

    private static String describe(Throwable original) {
        String type = original.getClass().getName();
        if (original instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            return String.format(
                    Locale.ROOT,
                    "%s (code %s, HTTP status %d, request id %s)",
                    type,
                    ForeignText.of(String.valueOf(answer.awsErrorDetails().errorCode())),
                    answer.statusCode(),
                    ForeignText.of(String.valueOf(answer.requestId())));
        }
        String text = original.getMessage();
        boolean isSafe = Stream.of(WITH_SAFE_TEXT).anyMatch(kind -> kind.isInstance(original));
        return text != null && isSafe ? type + ": " + ForeignText.of(text) : type;
    }
}
