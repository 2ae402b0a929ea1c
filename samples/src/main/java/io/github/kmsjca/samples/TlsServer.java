package io.github.kmsjca.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * An HTTPS server whose key is in KMS. It accepts only clients with a certificate from the trusted authorities, and
 * greets them by name. It sees a renewed keystore file without a restart. Each full handshake costs one KMS call.
 *
 * <p>IAM: {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run tls-server KEYSTORE AUTHORITIES PORT}
 */
public final class TlsServer {
    private static final int MOST_THREADS = 64;

    private TlsServer() {}

    public static void main(String[] arguments) throws Exception {
        SSLContext context = context(Path.of(arguments[0]), Path.of(arguments[1]));
        HttpsServer server = start(context, Integer.parseInt(arguments[2]));
        System.out.println("https://localhost:" + server.getAddress().getPort());
    }

    /**
     * Starts the server on the loopback address, so that only this machine reaches it. To serve others, use the address
     * of a network interface. With port 0, the server chooses a free port.
     */
    public static HttpsServer start(SSLContext context, int port) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        // a limit, because each connection can keep a thread waiting
        server.setExecutor(Executors.newFixedThreadPool(MOST_THREADS));
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = context.getDefaultSSLParameters();
                parameters.setNeedClientAuth(true);
                connection.setSSLParameters(parameters);
            }
        });
        server.createContext("/", TlsServer::greet);
        server.start();
        return server;
    }

    /** Returns a context with the keys of a keystore file, which trusts only the authorities in a PEM file. */
    public static SSLContext context(Path keystore, Path authorities) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(KmsLoadStoreParameter.ofFile(keystore));
        // unlike SunX509, PKIX asks the KeyStore in each handshake, so the server sees a renewed certificate
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(new KeyStoreBuilderParameters(
                KeyStore.Builder.newInstance(keys, new KeyStore.PasswordProtection(new char[0]))));
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trustStore(authorities));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trustStore(Path authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authorities)) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
        }
        return store;
    }

    private static void greet(HttpExchange exchange) throws IOException {
        String client =
                ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
        byte[] text = ("hello " + client + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
