package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Tests requests that end with an error, and requests whose thread is interrupted before the answer. */
class WatchedHttpClientTest {
    private static final System.Logger LOG = System.getLogger(WatchedHttpClientTest.class.getName());

    /** Longer than any test. */
    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final RawServer server = RawServer.start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @AutoClose
    private final Transport transport = new Transport();

    @AutoClose
    private final WatchedHttpClient client = transport.client(1, HOUR);

    /** Prepares a request whose content is one byte. */
    private ExecutableHttpRequest prepare(InputStream content) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://127.0.0.1:" + server.port()))
                .putHeader("Content-Length", "1")
                .build();
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request)
                .contentStreamProvider(() -> content)
                .build());
    }

    /** Returns content of one byte. The action runs while the request is sent. */
    private static InputStream content(Runnable action) {
        return new FilterInputStream(new ByteArrayInputStream(new byte[1])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                action.run();
                return super.read(bytes, offset, length);
            }
        };
    }

    @Test
    void call_afterAnError_succeedsWithAnotherClient() throws IOException {
        Error error = new Error("while the request is sent");
        ExecutableHttpRequest failing = prepare(content(() -> {
            throw error;
        }));
        assertSame(error, assertThrows(Error.class, failing::call));
        ExecutableHttpRequest next = prepare(content(() -> {}));
        assertEquals(200, next.call().httpResponse().statusCode());
    }

    /** The thread of the watch, too, can notice the interrupt. Then the request fails. */
    private static void callUnlessAborted(ExecutableHttpRequest request) {
        try {
            request.call();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.TRACE, e);
        }
    }

    @Test
    void call_interruptedBeforeTheAnswer_endsTheAttempt() {
        Thread caller = Thread.currentThread();
        try (RequestWatch.Attempt attempt = transport.watch().begin(System.nanoTime() + HOUR.toNanos())) {
            callUnlessAborted(prepare(content(caller::interrupt)));
            assertEquals(RequestWatch.End.INTERRUPT, attempt.end());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
