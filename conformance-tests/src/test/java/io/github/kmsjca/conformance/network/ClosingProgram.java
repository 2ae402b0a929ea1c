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

/** Closes a provider while its calls wait for a server. Prints how the calls end and how many threads are left. */
final class ClosingProgram {
    /** The number of calls that wait when the provider is closed. */
    static final int CALLS = 4;

    private static final int MAX_WAIT_SECONDS = 60;
    private static final String ARN_BEGINNING =
            "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-00000000000";

    private final CountDownLatch received = new CountDownLatch(CALLS);
    private final CountDownLatch closed = new CountDownLatch(CALLS);
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
     * Arguments: the settings of the provider without the endpoint, whether the server sends half an answer, and
     * whether the HTTP client closes its connections at once.
     */
    public static void main(String[] arguments) throws Exception {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"KeyId\":";
        new ClosingProgram(Boolean.parseBoolean(arguments[1]) ? half : "")
                .run(arguments[0], Boolean.parseBoolean(arguments[2]));
        System.exit(0);
    }

    private void run(String settings, boolean closesConnections) throws Exception {
        try (ServerSocket server = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> accept(server));
            KmsProvider provider = new KmsProvider();
            provider.configure(settings + ";endpoint=http://127.0.0.1:" + server.getLocalPort());
            List<Future<String>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                String arn = ARN_BEGINNING + call;
                calls.add(threads.submit(() -> outcome(provider, arn)));
            }
            System.out.println("arrived: " + received.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS));
            provider.close();
            for (Future<String> call : calls) {
                System.out.println("failed: " + call.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS));
            }
            if (closesConnections) {
                System.out.println("connections closed: " + closed.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS));
                for (Thread thread : ResourceProgram.ownThreads()) {
                    thread.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
                }
                System.out.println(
                        "threads left: " + ResourceProgram.ownThreads().size());
            }
        }
    }

    /** Makes a KMS call. Returns the code of its failure, or the key if the call succeeds. */
    private static String outcome(KmsProvider provider, String arn) throws Exception {
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

    /** Sends the answer, and waits until the client closes the connection. */
    private void serve(Socket client) {
        try (client) {
            client.getInputStream().read();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            received.countDown();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            closed.countDown();
        } catch (IOException reset) {
            closed.countDown();
        }
    }
}
