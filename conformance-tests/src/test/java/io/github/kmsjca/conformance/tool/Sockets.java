package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Accepts connections and copies bytes, for the servers of tests. */
final class Sockets {
    private Sockets() {}

    /** Accepts connections, and serves each in a thread, until the server is closed. */
    static void accept(ServerSocket server, Executor threads, Consumer<Socket> serve) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve.accept(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /**
     * Copies bytes until {@code from} has no more input, and then closes {@code to}. An exception only ends the
     * copying. It is expected: the direction that ends first closes a socket of the other, and a client that does not
     * trust the server closes the connection.
     */
    static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.close();
        } catch (IOException closed) {
            return;
        }
    }
}
