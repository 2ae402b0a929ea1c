package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a correct KMS answer, and answers that differ from it in one property that the guard refuses. */
class AnswerGuardTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String NOT_FROM_KMS =
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it";

    private String answer = "";

    @BeforeEach
    void recordAnswer() {
        // creates the shared key
        TestKms.arn(P256);
        TestKms.reset();
        AtomicReference<String> recorded = new AtomicReference<>("");
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").rewrite(body -> {
            recorded.set(body);
            return body;
        }));
        TestKms.key(TestKms.provider(), TestKms.arn(P256));
        answer = String.valueOf(recorded.get());
    }

    @Test
    void answer_asRecorded_isAccepted() {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").response(200, Map.of(), bytes(answer)));
        assertEquals(TestKms.publicKey(P256), TestKms.publicKey(TestKms.key(TestKms.provider(), TestKms.arn(P256))));
    }

    @Test
    void answer_compressed_isRefused() throws IOException {
        assertRefused(NOT_FROM_KMS + " (the answer is compressed)", Map.of("Content-Encoding", "gzip"), gzip(answer));
    }

    @Test
    void answer_wrongChecksum_isRefused() {
        assertRefused(NOT_FROM_KMS, Map.of("x-amz-crc32", "1"), bytes(answer));
    }

    @Test
    void answer_moreThanOneMebibyte_isRefused() {
        assertRefused(
                NOT_FROM_KMS + " (the answer has more than 1048576 bytes)",
                Map.of(),
                bytes(answer + " ".repeat(1 << 20)));
    }

    /** A read after the first time would fail, and an exception for each signature is slow. */
    @Test
    void close_secondTime_doesNotReadAgain() throws IOException {
        AtomicBoolean isClosed = new AtomicBoolean();
        InputStream content = new ByteArrayInputStream(bytes(answer)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                assertFalse(isClosed.get());
                return super.read(bytes, offset, length);
            }

            @Override
            public void close() {
                isClosed.set(true);
            }
        };
        InputStream bounded = new AnswerGuard.Bounded(content);
        assertEquals('{', bounded.read());
        bounded.close();
        assertTrue(isClosed.get());
        assertEquals(0, content.available());
        bounded.close();
    }

    private static void assertRefused(String text, Map<String, String> headers, byte[] body) {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").response(200, headers, body));
        KmsException refusal =
                assertThrows(KmsException.class, () -> TestKms.key(TestKms.provider("attempts=1"), TestKms.arn(P256)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.endsWith(text), message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }
}
