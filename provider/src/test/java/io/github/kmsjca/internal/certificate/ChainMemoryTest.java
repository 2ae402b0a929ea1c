package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.ca;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.kmsjca.testing.TestCertificates.Party;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChainMemoryTest {
    private static final Party ROOT = Party.ec("root");
    private static final Party LEAF = Party.ec("leaf");
    private static final X509Certificate ROOT_CERTIFICATE =
            ca(ROOT, ROOT, NOW.minus(Duration.ofDays(9)), Duration.ofDays(20));
    private static final X509Certificate LEAF_CERTIFICATE =
            issue(LEAF, ROOT, NOW.minus(Duration.ofDays(1)), Duration.ofDays(2));

    private final AtomicInteger searches = new AtomicInteger();
    private final ChainMemory memory = new ChainMemory(List.of(ROOT_CERTIFICATE));

    /** Asks for the chain of a certificate, and returns the number of searches so far. */
    private int searchesAfterAsking(X509Certificate given, Instant now) {
        memory.chain(List.of(given), now, () -> {
            searches.incrementAndGet();
            return List.of(given);
        });
        return searches.get();
    }

    @Test
    void chain_noValidityChanged_isSearchedOnceForEachCertificate() {
        Instant leafEnd = LEAF_CERTIFICATE.getNotAfter().toInstant();
        assertEquals(1, searchesAfterAsking(LEAF_CERTIFICATE, NOW));
        assertEquals(1, searchesAfterAsking(LEAF_CERTIFICATE, leafEnd));
        assertEquals(
                1,
                searchesAfterAsking(
                        LEAF_CERTIFICATE, LEAF_CERTIFICATE.getNotBefore().toInstant()));
        assertEquals(2, searchesAfterAsking(ROOT_CERTIFICATE, NOW));
    }

    @Test
    void chain_certificateExpiredOrNotYetValid_isSearchedAgain() {
        Instant rootEnd = ROOT_CERTIFICATE.getNotAfter().toInstant();
        Instant leafBegin = LEAF_CERTIFICATE.getNotBefore().toInstant();
        assertEquals(1, searchesAfterAsking(LEAF_CERTIFICATE, NOW));
        assertEquals(
                2,
                searchesAfterAsking(
                        LEAF_CERTIFICATE,
                        LEAF_CERTIFICATE.getNotAfter().toInstant().plusMillis(1)));
        assertEquals(2, searchesAfterAsking(LEAF_CERTIFICATE, rootEnd));
        assertEquals(3, searchesAfterAsking(LEAF_CERTIFICATE, rootEnd.plusMillis(1)));
        assertEquals(4, searchesAfterAsking(LEAF_CERTIFICATE, leafBegin.minusMillis(1)));
    }

    @Test
    void chainFor_certificateOfTheIssuerExpires_usesAnotherOfTheSameIssuer() {
        X509Certificate expiring = ca(ROOT, ROOT, NOW.minus(Duration.ofHours(1)), Duration.ofHours(2));
        AtomicReference<Instant> clock = new AtomicReference<>(NOW);
        CertificatePool pool = new CertificatePool(List.of(LEAF_CERTIFICATE, expiring, ROOT_CERTIFICATE), clock::get);
        assertEquals(
                expiring,
                pool.chainFor(LEAF.keys().getPublic(), Purpose.TLS)
                        .orElseThrow()
                        .get(1));
        clock.set(NOW.plus(Duration.ofHours(2)));
        assertEquals(
                ROOT_CERTIFICATE,
                pool.chainFor(LEAF.keys().getPublic(), Purpose.TLS)
                        .orElseThrow()
                        .get(1));
    }

    @Test
    void chainFor_secondCall_returnsTheRememberedChain() {
        CertificatePool pool = CertificatePool.of(List.of(LEAF_CERTIFICATE, ROOT_CERTIFICATE));
        List<X509Certificate> first =
                pool.chainFor(LEAF.keys().getPublic(), Purpose.TLS).orElseThrow();
        assertSame(first, pool.chainFor(LEAF.keys().getPublic(), Purpose.TLS).orElseThrow());
        List<X509Certificate> given = List.of(LEAF_CERTIFICATE);
        assertSame(pool.complete(given), pool.complete(given));
    }
}
