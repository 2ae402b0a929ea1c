package io.github.kmsjca.conformance.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamping authority (RFC 3161) on this machine. */
final class TimestampAuthority implements AutoCloseable {
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final AtomicLong serial = new AtomicLong();
    private final AtomicInteger toFail = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final TimeStampTokenGenerator tokens;

    private TimestampAuthority(HttpServer server, TimeStampTokenGenerator tokens) {
        this.server = server;
        this.tokens = tokens;
    }

    /** Starts an authority with a new key, for which a CA issues the certificate. */
    static TimestampAuthority start(TestCa ca) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            X509Certificate certificate = ca.issueForTimestamps(keys.getPublic());
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), certificate),
                    new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                    new ASN1ObjectIdentifier("1.2.3.4"));
            tokens.addCertificates(new JcaCertStore(List.of(certificate, ca.certificate())));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TimestampAuthority authority = new TimestampAuthority(server, tokens);
            server.createContext("/", authority::answer);
            server.start();
            return authority;
        } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
            throw new AssertionError(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Makes this number of next requests fail with HTTP status 503. */
    void failNext(int number) {
        toFail.set(number);
    }

    /** Returns the number of requests since the start, with those that failed. */
    int requests() {
        return requests.get();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            TimeStampRequest request =
                    new TimeStampRequest(exchange.getRequestBody().readAllBytes());
            if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            byte[] answer = new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
                    .generate(request, BigInteger.valueOf(serial.incrementAndGet()), Date.from(Instant.now()))
                    .getEncoded();
            exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (TSPException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
