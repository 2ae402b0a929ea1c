package io.github.kmsjca.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that gives every request the same answer, which need not be HTTP. It reads the head of the request, answers,
 * and closes the connection.
 */
public final class RawServer implements AutoCloseable {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private static final System.Logger LOG = System.getLogger(RawServer.class.getName());

    private final ServerSocket socket;
    private final byte[] answer;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket socket, byte[] answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** Starts a server on this machine. The answer is in ISO 8859-1. */
    public static RawServer start(String answer) {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            RawServer server = new RawServer(socket, answer.getBytes(StandardCharsets.ISO_8859_1));
            Thread thread = new Thread(server::serve, "raw-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the first line and the header fields of each request. */
    public List<String> heads() {
        return heads;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                heads.add(head(client.getInputStream()));
                client.getOutputStream().write(answer);
                client.shutdownOutput();
                // read the rest of the request: unread bytes would reset the connection before the answer is read
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketException e) {
                // the client or the test closed the connection
                LOG.log(System.Logger.Level.TRACE, e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads until an empty line. If the first byte is not a letter, reads only this byte: the request is not HTTP. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = in.read();
        while (next >= 0 && !isComplete(head.append((char) next))) {
            next = in.read();
        }
        return head.toString();
    }

    private static boolean isComplete(StringBuilder head) {
        boolean isHttp = Character.isLetter(head.charAt(0));
        return !isHttp || head.indexOf(new String(END_OF_HEAD, StandardCharsets.US_ASCII)) >= 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
