package io.github.kmsjca.emulator.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Passes HTTP requests to the service and sends its replies. */
final class RequestHandler implements HttpHandler {
    private static final int NO_BODY = -1;

    private final Service service;
    private final long instanceId = UUID.randomUUID().getMostSignificantBits();
    private final AtomicLong requestCount = new AtomicLong();

    RequestHandler(Service service) {
        this.service = service;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            byte[] body = exchange.getRequestBody().readNBytes(Request.MAX_BODY_BYTES + 1);
            // some clients read the answer only after they have sent the whole body
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            String id = new UUID(instanceId, requestCount.incrementAndGet()).toString();
            exchange.getResponseHeaders().set("x-amzn-RequestId", id);
            Reply reply = service.answer(new Request(
                    id, exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body));
            switch (reply.delivery()) {
                case RESET -> {}
                case SILENT -> waitUntilClosed();
                case COMPLETE -> send(exchange, reply, reply.body().length);
                case BROKEN_OFF -> send(exchange, reply, reply.body().length / 2);
                case STALLED -> {
                    send(exchange, reply, reply.body().length / 2);
                    waitUntilClosed();
                }
            }
        } finally {
            // closes the connection if the answer is missing or incomplete, so that the client does not wait
            exchange.close();
        }
    }

    /** Waits until {@link HttpListener#close} interrupts this thread. */
    private static void waitUntilClosed() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a reply, but only the first {@code length} bytes of its body. */
    private void send(HttpExchange exchange, Reply reply, int length) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/x-amz-json-1.1");
        reply.headers().forEach(headers::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? NO_BODY : reply.body().length);
        exchange.getResponseBody().write(reply.body(), 0, length);
        exchange.getResponseBody().flush();
    }
}
