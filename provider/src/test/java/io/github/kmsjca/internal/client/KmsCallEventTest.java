package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Tests the flight recorder events of KMS operations. */
class KmsCallEventTest {
    private static final String EVENT = "io.github.kmsjca.KmsCall";
    private static final String P256 = "ECC_NIST_P256";

    @TempDir
    private Path folder;

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    /** Calls that are recorded. */
    private interface Work {
        void run() throws GeneralSecurityException;
    }

    /** Makes the calls, and returns the events of the KMS operations. */
    private List<RecordedEvent> record(Work work) throws GeneralSecurityException, IOException {
        Path file = folder.resolve("calls.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .toList();
    }

    private static byte[] sign(Provider provider, PrivateKey key) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), key, new byte[] {1});
    }

    @Test
    void sign_succeeds_recordsTheOperation() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        List<RecordedEvent> events = record(() -> sign(provider, key));
        assertEquals(1, events.size());
        RecordedEvent event = events.get(0);
        assertEquals("Sign", event.getString("operation"));
        assertEquals("key " + TestKms.arn(P256), event.getString("subject"));
        assertEquals("us-east-1", event.getString("region"));
        assertEquals(1, event.getInt("attempts"));
        assertEquals(TestKms.requests("Sign").get(0).requestId(), event.getString("requestId"));
        assertEquals("success", event.getString("outcome"));
        assertFalse(event.getDuration().isZero());
    }

    @Test
    void sign_retried_recordsOneEventWithBothAttempts() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").error(ErrorType.KMS_INTERNAL, null));
        List<RecordedEvent> events = record(() -> sign(provider, key));
        assertEquals(1, events.size());
        assertEquals(2, events.get(0).getInt("attempts"));
        assertEquals(TestKms.requests("Sign").get(1).requestId(), events.get(0).getString("requestId"));
    }

    @Test
    void sign_denied_recordsTheErrorCode() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").accessDenied());
        List<RecordedEvent> events = record(() -> assertThrows(SignatureException.class, () -> sign(provider, key)));
        assertEquals("AccessDeniedException", events.get(0).getString("outcome"));
        assertEquals(TestKms.requests("Sign").get(0).requestId(), events.get(0).getString("requestId"));
    }

    @Test
    void sign_noAnswer_recordsTheReasonWithoutRequestId() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").always().reset());
        List<RecordedEvent> events = record(() -> assertThrows(SignatureException.class, () -> sign(provider, key)));
        assertEquals("NO_HTTP", events.get(0).getString("outcome"));
        assertNull(events.get(0).getString("requestId"));
    }

    @Test
    void sign_noAnswerAfterAnError_recordsTheRequestIdOfTheError() throws Exception {
        KmsProvider provider = TestKms.provider("attempts=2");
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").error(ErrorType.KMS_INTERNAL, null));
        TestKms.emulator().faults().add(Fault.on("Sign").always().reset());
        List<RecordedEvent> events = record(() -> assertThrows(SignatureException.class, () -> sign(provider, key)));
        assertEquals(2, events.get(0).getInt("attempts"));
        assertEquals(TestKms.requests("Sign").get(0).requestId(), events.get(0).getString("requestId"));
    }

    @Test
    void sign_clientOfTheProgram_recordsTheOperation() throws Exception {
        URI endpoint = TestKms.emulator().endpoint();
        try (KmsClient own = KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .build()) {
            KmsProvider provider = KmsProvider.builder()
                    .setting("region", "us-east-1")
                    .clients(region -> own)
                    .build();
            PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
            List<RecordedEvent> events = record(() -> sign(provider, key));
            assertEquals("success", events.get(0).getString("outcome"));
        }
    }

    @Test
    void sign_failsBeforeTheFirstAttempt_recordsTheReason() throws Exception {
        KmsProvider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        provider.close();
        List<RecordedEvent> events = record(() -> assertThrows(SignatureException.class, () -> sign(provider, key)));
        assertEquals("Sign", events.get(0).getString("operation"));
        assertEquals("CLOSED", events.get(0).getString("outcome"));
        assertEquals(0, events.get(0).getInt("attempts"));
        assertNull(events.get(0).getString("region"));
    }

    @Test
    void getKey_clientOfTheProgramThrowsAnError_recordsAnError() throws Exception {
        KmsClient failing = (KmsClient) Proxy.newProxyInstance(
                KmsClient.class.getClassLoader(), new Class<?>[] {KmsClient.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        KmsProvider provider = KmsProvider.builder()
                .setting("region", "us-east-1")
                .clients(region -> failing)
                .build();
        List<RecordedEvent> events =
                record(() -> assertThrows(AssertionError.class, () -> TestKms.key(provider, TestKms.arn(P256))));
        assertEquals("error", events.get(0).getString("outcome"));
        assertEquals(1, events.get(0).getInt("attempts"));
    }

    @Test
    void aliases_recordsTheAccountAsSubject() throws Exception {
        KmsProvider provider = TestKms.provider();
        List<RecordedEvent> events = record(() -> TestKms.discovery(provider).aliases());
        assertTrue(events.stream()
                .anyMatch(event -> event.getString("operation").equals("ListAliases")
                        && event.getString("subject").equals("the account")));
    }
}
