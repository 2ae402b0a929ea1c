package io.github.kmsjca.conformance.network;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Closes a provider while calls wait for the answer of a server, and prints how they end and what is left. */
final class ClosingProgram {
    private static final int CALLS = 4;
    private static final int PATIENCE = 60;
    private static final String ARN = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-00000000000";

    private final CountDownLatch arrived = new CountDownLatch(CALLS);
    private final CountDownLatch ended = new CountDownLatch(CALLS);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final String answer;

    private ClosingProgram(String answer) {
        this.answer = answer;
    }

    /**
     * Arguments: the provider argument without endpoint, whether the server sends half an answer, and whether the HTTP
     * client can then close the connection.
     */
    public static void main(String[] arguments) throws Exception {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"KeyId\":";
        new ClosingProgram(Boolean.parseBoolean(arguments[1]) ? half : "")
                .run(arguments[0], Boolean.parseBoolean(arguments[2]));
        System.exit(0);
    }

    private void run(String argument, boolean isAbortable) throws Exception {
        try (ServerSocket server = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> accept(server));
            KmsProvider provider = new KmsProvider();
            provider.configure(argument + ";endpoint=http://127.0.0.1:" + server.getLocalPort());
            List<Future<String>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                String arn = ARN + call;
                calls.add(threads.submit(() -> failure(provider, arn)));
            }
            System.out.println("arrived: " + arrived.await(PATIENCE, TimeUnit.SECONDS));
            provider.close();
            for (Future<String> call : calls) {
                System.out.println("failed: " + call.get(PATIENCE, TimeUnit.SECONDS));
            }
            if (isAbortable) {
                System.out.println("connections closed: " + ended.await(PATIENCE, TimeUnit.SECONDS));
                for (Thread thread : ResourceProgram.own()) {
                    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE));
                }
                System.out.println("threads left: " + ResourceProgram.own().size());
            }
        }
    }

    private static String failure(KmsProvider provider, String arn) throws Exception {
        try {
            return ResourceProgram.key(provider, KmsLoadStoreParameter.ofDiscovery(), arn)
                    .toString();
        } catch (KmsException e) {
            return e.code();
        }
    }

    private void accept(ServerSocket server) {
        try {
            for (int call = 0; call < CALLS; call++) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the client closes the connection. */
    private void serve(Socket client) {
        try (client) {
            client.getInputStream().read();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            arrived.countDown();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            ended.countDown();
        } catch (IOException reset) {
            ended.countDown();
        }
    }
}
