package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.kmsjca.key.KmsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tests the error for a failure of the program's credentials provider: its text, and whether a retry may succeed. */
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
}
