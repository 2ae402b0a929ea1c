package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.Waiting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Tests the error for a failure of the program's credentials provider: its text, whether a retry may succeed, and what
 * happens after an interrupt.
 */
class ProgramCredentialsTest {
    private static final String SECRET = "s3cret";

    private static KmsException exception(RuntimeException failure) {
        return UnansweredCall.exception("", FailedAttempt.of(ProgramCredentialsException.of(failure)));
    }

    private static Stream<RuntimeException> failuresOfOtherTypes() {
        return Stream.of(
                new IllegalStateException("unexpected token " + SECRET),
                new IllegalArgumentException("unexpected token " + SECRET),
                new NullPointerException("unexpected token " + SECRET),
                new UncheckedIOException(new IOException("unexpected token " + SECRET)));
    }

    /** The text of a parser can quote the secret that the program has read. */
    @ParameterizedTest
    @MethodSource("failuresOfOtherTypes")
    void failure_ofAnotherTypeThanTheSdks_isNamedByItsTypeOnly(RuntimeException failure) {
        KmsException exception = exception(failure);
        assertEquals(
                "the program's credentials provider failed; check the credentials provider that the program passes ("
                        + failure.getClass().getName() + ")",
                exception.getMessage());
        StringWriter printed = new StringWriter();
        exception.printStackTrace(new PrintWriter(printed, true));
        assertFalse(printed.toString().contains(SECRET), printed::toString);
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .message("no")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(SdkClientException.create("no", new IOException("reset")), true),
                Arguments.of(RetryableException.builder().message("no").build(), true),
                Arguments.of(answer(400, "ThrottlingException"), true),
                Arguments.of(answer(503, "ServiceUnavailable"), true),
                Arguments.of(answer(403, "AccessDenied"), false),
                Arguments.of(SdkClientException.create("no"), false),
                Arguments.of(SdkClientException.create("no", new SSLHandshakeException("untrusted")), false),
                Arguments.of(new IllegalStateException("no"), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_isRetryableOnlyIfItIsTemporary(RuntimeException failure, boolean isTemporary) {
        KmsException exception = exception(failure);
        assertEquals("PROGRAM_CREDENTIALS", exception.code());
        assertEquals(isTemporary, exception.isRetryable());
    }

    @AfterEach
    void clearFlag() {
        boolean unused = Thread.interrupted();
    }

    private static KmsException failureOfOperation(AwsCredentialsProvider source) {
        KmsProvider provider = KmsProvider.builder()
                .setting("endpoint", TestKms.emulator().endpoint().toString())
                .setting("region", TestKms.emulator().region())
                // a loaded machine must not reach the limits
                .setting("call-timeout", "5m")
                .setting("attempt-timeout", "5m")
                .credentials(source)
                .build();
        try {
            return assertThrows(KmsException.class, () -> TestKms.key(provider, TestKms.arn("ECC_NIST_P256")));
        } finally {
            provider.close();
        }
    }

    /** Waits while this thread is interrupted. As in many programs, the flag is lost. */
    private static AwsCredentials interruptedWait() {
        Thread.currentThread().interrupt();
        try {
            return new CompletableFuture<AwsCredentials>().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void interrupted_flagIsLost_isSetAgain() {
        KmsException failure = failureOfOperation(ProgramCredentialsTest::interruptedWait);
        assertTrue(Thread.interrupted());
        assertEquals("INTERRUPTED", failure.code());
    }

    @Test
    void interrupted_outsideAnOperation_flagIsSetAgain() {
        AwsCredentialsProvider wrapped = new ClientSource(ProgramCredentialsTest::interruptedWait, null)
                .credentials()
                .orElseThrow();
        assertThrows(AbortedException.class, wrapped::resolveCredentials);
        assertTrue(Thread.interrupted());
    }

    /** Returns the exception of another thread that was interrupted. */
    private static RuntimeException interruptOfAnotherThread() {
        List<RuntimeException> failures = new ArrayList<>();
        Thread other = new Thread(() -> {
            try {
                interruptedWait();
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        });
        other.start();
        Waiting.untilEnded(other);
        return failures.get(0);
    }

    @Test
    void interrupted_anotherThread_isAFailureOfTheProvider() {
        RuntimeException failure = interruptOfAnotherThread();
        KmsException exception = failureOfOperation(() -> {
            throw failure;
        });
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals("PROGRAM_CREDENTIALS", exception.code());
    }
}
