package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Tests that {@code JdkClient.close} closes the connections. */
class JdkClientTest {
    @AutoClose
    private final Transport transport = new Transport();

    /** A server that accepts only one connection. Counts down {@code ended} when the client closes the connection. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket;
        private final String status;
        private final AtomicInteger requests = new AtomicInteger();
        private final CountDownLatch ended = new CountDownLatch(1);

        Server(String status) throws IOException {
            this.socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            this.status = status;
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        private void serve() {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
                String line = in.readLine();
                while (line != null) {
                    if (line.isEmpty()) {
                        requests.incrementAndGet();
                        client.getOutputStream()
                                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok")
                                        .getBytes(StandardCharsets.ISO_8859_1));
                    }
                    line = in.readLine();
                }
                ended.countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] get(SdkHttpClient client, URI endpoint) throws IOException {
        SdkHttpRequest request =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(endpoint).build();
        return client.prepareRequest(
                        HttpExecuteRequest.builder().request(request).build())
                .call()
                .responseBody()
                .orElseThrow()
                .readAllBytes();
    }

    @Test
    void close_afterAnswers_closesTheIdleConnection() throws IOException {
        assertCloseClosesTheConnection("200 OK");
    }

    @Test
    void close_afterErrors_closesTheIdleConnection() throws IOException {
        assertCloseClosesTheConnection("400 Bad Request");
    }

    /** The server asks the client to keep the connection for an hour. So only {@code close} can have closed it. */
    private void assertCloseClosesTheConnection(String status) throws IOException {
        try (Server server = new Server(status + "\r\nConnection: keep-alive\r\nKeep-Alive: timeout=3600")) {
            NetworkPath path = new NetworkPath(server.endpoint(), Optional.empty());
            SdkHttpClient client =
                    new JdkClient(new ClientPurpose(1, Duration.ofHours(1), path, transport.background()));
            assertArrayEquals(new byte[] {'o', 'k'}, get(client, server.endpoint()));
            // the same connection, because the server accepts no other
            get(client, server.endpoint());
            assertEquals(2, server.requests.get());
            client.close();
            Waiting.until(server.ended);
        }
    }
}
