package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.client.http.BrokenAnswerException;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;

/**
 * Tests that a correct KMS answer is accepted, and that the same answer is refused if it is compressed, is too long, or
 * has a wrong checksum. Also tests that {@code close} does not read content that is already closed, or of which a read
 * has failed.
 */
class AnswerGuardTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String NOT_FROM_KMS =
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it";

    /** The content of a correct answer to GetPublicKey. */
    private String answer = "";

    @BeforeEach
    void recordAnswer() {
        TestKms.reset();
        // the shared provider requests this key only once, and this request must not meet the fault of a test
        TestKms.publicKey(P256);
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

    /** Without the abort, older SDK versions do not close the connection. */
    @Test
    void modifyHttpResponse_compressed_abortsTheContent() {
        AtomicInteger aborts = new AtomicInteger();
        SdkHttpResponse compressed =
                SdkHttpResponse.builder().putHeader("Content-Encoding", "gzip").build();
        InterceptorContext context = InterceptorContext.builder()
                .request(GetPublicKeyRequest.builder().build())
                .httpResponse(compressed)
                .responseBody(AbortableInputStream.create(InputStream.nullInputStream(), aborts::incrementAndGet))
                .build();
        try (RequestWatch watch = new RequestWatch()) {
            AnswerGuard guard = new AnswerGuard(watch);
            assertThrows(SdkClientException.class, () -> guard.modifyHttpResponse(context, new ExecutionAttributes()));
        }
        assertEquals(1, aborts.get());
    }

    @Test
    void answer_withWrongChecksum_isRefused() {
        assertRefused(NOT_FROM_KMS, Map.of("x-amz-crc32", "1"), bytes(answer));
    }

    @Test
    void answer_longerThanTheMaximum_isRefused() {
        assertRefused(
                NOT_FROM_KMS + " (the answer has more than 1048576 bytes)",
                Map.of(),
                bytes(answer + " ".repeat(WatchedHttpClient.MAX_ANSWER_LENGTH)));
    }

    /**
     * The SDK closes the content twice. A read from closed content throws an exception, and an exception for each
     * answer would be slow.
     */
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

    /** Returns content whose reads fail, and counts the reads. */
    private static InputStream broken(AtomicInteger reads) {
        return new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                reads.incrementAndGet();
                throw new IOException("connection reset");
            }
        };
    }

    @Test
    void close_afterAFailedRead_doesNotReadAgain() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        InputStream bounded = new AnswerGuard.Bounded(broken(reads));
        assertThrows(BrokenAnswerException.class, bounded::read);
        bounded.close();
        bounded.close();
        assertEquals(1, reads.get());
    }

    @Test
    void close_secondTimeAfterAFailedClose_doesNotReadAgain() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        InputStream bounded = new AnswerGuard.Bounded(broken(reads));
        assertThrows(BrokenAnswerException.class, bounded::close);
        bounded.close();
        assertEquals(1, reads.get());
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
