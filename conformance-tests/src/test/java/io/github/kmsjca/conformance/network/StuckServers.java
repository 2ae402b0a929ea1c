package io.github.kmsjca.conformance.network;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.KeystoreText;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Servers, a source of credentials and a source of the Region that never finish, so that KMS calls get stuck. */
final class StuckServers implements AutoCloseable {
    private static final String CHUNKED_ANSWER = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final KmsEmulator emulator = KmsEmulator.start();
    private final List<Closeable> sockets = new ArrayList<>();

    /**
     * The endpoint for each kind of call, in the order in which the calls start. Only {@code holder} starts earlier:
     * {@code pool} first starts it, and then waits for the client's only connection, which {@code holder} uses.
     */
    private final Map<String, String> endpoints = new LinkedHashMap<>();

    private final KeystoreText keystore;
    private final String metadataService;

    StuckServers() {
        String working = emulator.endpoint().toString();
        for (String kind : List.of("silent", "stalled", "throttled", "credentials", "region", "pool", "holder")) {
            endpoints.put(kind, working);
        }
        endpoints.put("black-hole", blackHole());
        endpoints.put("slow-content", dripping(CHUNKED_ANSWER, "1\r\nx\r\n"));
        endpoints.put("slow-trailers", dripping(CHUNKED_ANSWER + "0\r\n", "x: y\r\n"));
        endpoints.put("slow-header", dripping("HTTP/1.1 200 OK\r\n", "x: y\r\n"));
        endpoints.put("endless", flooding(CHUNKED_ANSWER, "8000\r\n" + "x".repeat(0x8000) + "\r\n"));
        metadataService = dripping("HTTP/1.1 200 OK\r\n", "x: y\r\n");
        keystore = keystore();
    }

    private KeystoreText keystore() {
        TestCa ca = TestCa.named("CA of stuck calls");
        KeystoreText text = KeystoreText.empty();
        for (String kind : endpoints.keySet()) {
            String arn = emulator.createKey("ECC_NIST_P256");
            // unlike an ARN, an alias does not contain the Region
            String id = kind.equals("region") ? "alias/region" : arn;
            text = text.key(kind, id, ca.issue(kind, publicKey(arn)));
            Fault.Match sign = Fault.on("Sign").key(arn).always();
            switch (kind) {
                case "silent", "holder" -> emulator.faults().add(sign.silence());
                case "stalled" -> emulator.faults().add(sign.stall());
                case "throttled" -> emulator.faults().add(sign.throttled());
                case "region" -> emulator.createAlias(id, arn);
                default -> {}
            }
        }
        return text;
    }

    private PublicKey publicKey(String arn) {
        try (KmsProvider provider = new KmsProvider()) {
            provider.configure("endpoint=" + emulator.endpoint());
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(null, null);
            return ((KmsPrivateKey) store.getKey(arn, null)).publicKey();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the keystore file and the AWS configuration file to a folder. */
    void writeTo(Path folder) throws IOException {
        keystore.writeTo(folder.resolve("stuck.awskms"));
        Files.writeString(folder.resolve("config"), """
                [profile working]
                aws_access_key_id = AKIDEXAMPLE
                aws_secret_access_key = example
                [profile stuck]
                credential_process = sleep 120
                """);
    }

    /** Returns the endpoint of a stuck metadata service. The AWS SDK asks this service for the Region. */
    String metadataService() {
        return metadataService;
    }

    /** Returns the settings with which each kind of call gets stuck, by kind. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        endpoints.forEach((kind, endpoint) -> settings.put(
                kind,
                "endpoint=" + endpoint
                        + (kind.equals("region") ? "" : ";region=us-east-1")
                        + (kind.equals("credentials") ? ";profile=stuck" : ";profile=working")));
        // StuckProgram starts this call itself
        settings.remove("holder");
        settings.merge("pool", ";max-connections=1", String::concat);
        return settings;
    }

    /** Returns the endpoint of a port that never completes a TCP connection, because its queue is full. */
    private String blackHole() {
        try {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(server);
            fill(server);
            return "http://127.0.0.1:" + server.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Fills the queue of a server that accepts no connection. */
    private void fill(ServerSocket server) {
        try {
            for (int i = 0; i < 8; i++) {
                Socket waiting = new Socket();
                sockets.add(waiting);
                waiting.connect(server.getLocalSocketAddress(), 300);
            }
        } catch (IOException full) {
            // a connection attempt without an answer shows that the queue is full
        }
    }

    /** Returns the endpoint of a server whose answer never ends and is slow. */
    private String dripping(String beginning, String part) {
        return endless(beginning, part, 50);
    }

    /** Returns the endpoint of a server whose answer never ends and is fast. */
    private String flooding(String beginning, String part) {
        return endless(beginning, part, 0);
    }

    /** Returns the endpoint of a server that begins an answer, and repeats a part of it without end. */
    private String endless(String beginning, String part, int pauseMillis) {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            sockets.add(server);
            Thread accepting = new Thread(() -> accept(server, beginning, part, pauseMillis));
            accepting.setDaemon(true);
            accepting.start();
            return "http://127.0.0.1:" + server.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void accept(ServerSocket server, String beginning, String part, int pauseMillis) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread answering = new Thread(() -> answer(socket, beginning, part, pauseMillis));
                answering.setDaemon(true);
                answering.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void answer(Socket socket, String beginning, String part, int pauseMillis) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(part.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(pauseMillis);
            }
        } catch (IOException | InterruptedException ended) {
            // the client gave up
        }
    }

    @Override
    public void close() throws IOException {
        emulator.close();
        for (Closeable socket : sockets) {
            socket.close();
        }
    }
}
