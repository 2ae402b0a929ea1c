package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.emulator.control.RequestLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Tests which requests the log keeps, and what it contains of each request. */
class RequestLogTest {
    private final KmsEmulator emulator = KmsEmulator.start();
    private final KmsClient kms = Clients.withoutRetries(emulator);

    @AfterEach
    void close() {
        kms.close();
        emulator.close();
    }

    @Test
    void log_severalRequests_hasTheirPartsAndResultsInOrder() {
        String key = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
        DescribeKeyResponse described = kms.describeKey(request -> request.keyId("alias/release"));
        assertThrows(KmsException.class, () -> kms.sign(request -> request.keyId(key)));
        kms.listKeys();

        List<LoggedRequest> all = emulator.requests().all();
        assertEquals(
                List.of("DescribeKey", "Sign", "ListKeys"),
                all.stream().map(LoggedRequest::operation).toList());
        assertEquals(
                new LoggedRequest(
                        described.responseMetadata().requestId(),
                        all.get(0).userAgent(),
                        "DescribeKey",
                        Optional.of("us-east-1"),
                        Optional.of("any"),
                        Optional.of("alias/release"),
                        "{\"KeyId\":\"alias/release\"}",
                        200,
                        Optional.empty()),
                all.get(0));
        assertTrue(all.get(0).userAgent().orElseThrow().startsWith("aws-sdk-java/"));
        assertEquals(400, all.get(1).status());
        assertEquals("ValidationException", all.get(1).errorType().orElseThrow());
        assertTrue(all.get(2).keyId().isEmpty());
    }

    @Test
    void log_laterRequest_doesNotChangeAnEarlierCopy() {
        kms.listKeys();
        List<LoggedRequest> before = emulator.requests().all();
        kms.listKeys();
        assertEquals(1, before.size());
        assertEquals(2, emulator.requests().of("ListKeys").size());
    }

    @Test
    void log_cleared_isEmpty() {
        kms.listKeys();
        emulator.requests().clear();
        assertTrue(emulator.requests().all().isEmpty());
    }

    @Test
    void log_keyCreatedThroughTheJavaApi_isNotLogged() {
        emulator.createKey("ECC_NIST_P256");
        assertTrue(emulator.requests().all().isEmpty());
    }

    @Test
    void log_10001Requests_keepsTheLast10000() {
        RequestLog log = new RequestLog();
        for (int i = 0; i < 10_001; i++) {
            log.add(new LoggedRequest(
                    "id",
                    Optional.empty(),
                    "Sign" + i,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "{}",
                    200,
                    Optional.empty()));
        }
        assertEquals(10_000, log.all().size());
        assertEquals("Sign1", log.all().get(0).operation());
    }
}
