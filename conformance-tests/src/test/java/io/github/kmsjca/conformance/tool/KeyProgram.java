package io.github.kmsjca.conformance.tool;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A program without AWS code. It registers the provider, unless Java's configuration has already registered it. */
final class KeyProgram {
    static final byte[] MESSAGE = new byte[] {1, 2, 3};

    private KeyProgram() {}

    /**
     * With the arguments {@code sign ALIAS}, signs {@link #MESSAGE} with a key of the account, and prints the signature
     * in hexadecimal. With {@code handshake}, performs a TLS handshake with itself, and prints the protocol and the
     * subject of the server's certificate.
     */
    public static void main(String[] arguments) throws Exception {
        if (Security.getProvider(KmsProvider.NAME) == null) {
            Security.addProvider(new KmsProvider());
        }
        System.out.println(arguments[0].equals("sign") ? signature(arguments[1]) : handshake());
    }

    private static String signature(String alias) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME);
        store.load(null, null);
        Signature engine = Signature.getInstance("SHA256withECDSA");
        engine.initSign((PrivateKey) store.getKey(alias, null));
        engine.update(MESSAGE);
        return HexFormat.of().formatHex(engine.sign());
    }

    /**
     * Returns the protocol and the subject of the server's certificate. The JVM's system properties
     * {@code javax.net.ssl.*} name the key of the server and the CA that the client trusts.
     */
    private static String handshake() throws IOException, InterruptedException {
        ServerSocketFactory servers = SSLServerSocketFactory.getDefault();
        try (SSLServerSocket server = (SSLServerSocket) servers.createServerSocket(0)) {
            Thread answering = new Thread(() -> answer(server));
            answering.start();
            try (SSLSocket client =
                    (SSLSocket) SSLSocketFactory.getDefault().createSocket("localhost", server.getLocalPort())) {
                client.startHandshake();
                X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
                answering.join();
                return client.getSession().getProtocol() + " " + shown.getSubjectX500Principal();
            }
        }
    }

    private static void answer(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
