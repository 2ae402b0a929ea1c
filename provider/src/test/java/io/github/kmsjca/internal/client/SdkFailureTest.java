package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * Tests what the cause of a provider exception keeps of an SDK exception. It must not keep texts that may be secret.
 */
class SdkFailureTest {
    private static final String SECRET = "x-amz-security-token:a-session-token";

    @Test
    void of_exceptionOfTheSdk_keepsTypeCauseAndStackWithoutTheText() {
        Exception original = SdkClientException.create(SECRET, new ConnectException("Connection refused"));
        SdkFailure failure = failure(original);
        assertEquals(SdkClientException.class.getName(), failure.getMessage());
        assertEquals(
                SdkFailure.class.getName() + ": java.net.ConnectException: Connection refused",
                String.valueOf(failure.getCause()));
        assertArrayEquals(original.getStackTrace(), failure.getStackTrace());
    }

    @Test
    void of_errorFromKms_hasCodeStatusAndRequestId() {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode("DisabledException\u001B[2J")
                .errorMessage(SECRET)
                .build();
        SdkFailure failure = failure(KmsException.builder()
                .awsErrorDetails(details)
                .statusCode(400)
                .requestId("id")
                .message(SECRET)
                .build());
        assertEquals(
                KmsException.class.getName() + " (code DisabledException\uFFFD[2J, HTTP status 400, request id id)",
                failure.getMessage());
    }

    @Test
    void of_otherException_leavesOutTheText() {
        assertEquals(
                IllegalStateException.class.getName(),
                failure(new IllegalStateException(SECRET)).getMessage());
    }

    @Test
    void of_cyclicCauses_areCutAtTwenty() {
        Exception first = new Exception("a");
        Exception second = new Exception("b", first);
        first.initCause(second);
        int length = 0;
        for (Throwable at = SdkFailure.of(first); at != null; at = at.getCause()) {
            length++;
        }
        assertEquals(20, length);
    }

    @Test
    void of_nullOrSdkFailure_isReturnedUnchanged() {
        assertNull(SdkFailure.of(null));
        SdkFailure done = failure(new Exception());
        assertSame(done, SdkFailure.of(done));
    }

    private static SdkFailure failure(Exception original) {
        SdkFailure failure = SdkFailure.of(original);
        assertNotNull(failure);
        return failure;
    }
}
