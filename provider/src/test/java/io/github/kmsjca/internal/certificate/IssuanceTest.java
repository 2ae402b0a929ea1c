package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestCertificates.Period;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class IssuanceTest {
    private static final Party ROOT = Party.ec("root");
    private static final X509Certificate ROOT_CERTIFICATE = TestCertificates.issue(ROOT, ROOT);

    /** The number of verifications that the maximum cost of 150 allows. Verifying a P-256 signature costs 2. */
    private static final int MOST_VERIFICATIONS = 75;

    @Test
    void hasIssued_twoCertificates_isTrueOnlyForTheSigner() {
        X509Certificate leaf = TestCertificates.issue(Party.ec("leaf"), ROOT);
        Issuance issuance = new Issuance(2);
        assertTrue(issuance.hasIssued(ROOT_CERTIFICATE, leaf));
        assertFalse(issuance.hasIssued(leaf, ROOT_CERTIFICATE));
        assertFalse(issuance.hasIssued(TestCertificates.selfSigned("root"), leaf));
    }

    /**
     * An attacker can make many certificates with one name. Without a maximum cost, the provider would verify every
     * pair of them.
     */
    @Test
    void hasIssued_maximumCostReached_isFalseForOtherCertificates() {
        Issuance issuance = new Issuance(0);
        Party leaf = Party.ec("leaf");
        List<X509Certificate> leaves = IntStream.range(0, 200)
                .mapToObj(i -> TestCertificates.issue(leaf, ROOT))
                .toList();
        long accepted = leaves.stream()
                .filter(certificate -> issuance.hasIssued(ROOT_CERTIFICATE, certificate))
                .count();
        assertEquals(MOST_VERIFICATIONS, accepted);
        X509Certificate unchecked = TestCertificates.issue(leaf, ROOT);
        assertFalse(issuance.hasIssued(ROOT_CERTIFICATE, unchecked));
        assertTrue(issuance.hasIssued(ROOT_CERTIFICATE, leaves.get(0)));
        assertTrue(new Issuance(0).hasIssued(ROOT_CERTIFICATE, unchecked));
    }

    /** A server asks from many threads at once. The same verification must not cost more than once. */
    @Test
    void hasIssued_manyThreadsAtOnce_costsOnce() throws Exception {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        Issuance issuance = new Issuance(0, new LoggedTexts(log));
        List<X509Certificate> leaves = IntStream.range(0, MOST_VERIFICATIONS)
                .mapToObj(i -> TestCertificates.issue(Party.ec("leaf"), ROOT))
                .toList();
        int threads = 12;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (X509Certificate leaf : leaves) {
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<Boolean> task = () -> {
                    start.await();
                    return issuance.hasIssued(ROOT_CERTIFICATE, leaf);
                };
                for (Future<Boolean> answer : pool.invokeAll(Collections.nCopies(threads, task))) {
                    assertTrue(answer.get());
                }
            }
        } finally {
            pool.shutdownNow();
        }
        // there would be a warning if the cost exceeded the maximum
        assertEquals(List.of(), log);
    }

    @Test
    void hasIssued_maximumCostReached_warnsOnce() {
        List<String> log = new ArrayList<>();
        Issuance issuance = new Issuance(0, new LoggedTexts(log));
        for (int i = 0; i < MOST_VERIFICATIONS + 5; i++) {
            X509Certificate leaf = TestCertificates.issue(Party.ec("leaf"), ROOT);
            issuance.hasIssued(ROOT_CERTIFICATE, leaf);
        }
        assertEquals(
                List.of("the certificates take too long to verify, so chains may lack issuers; from the keystore file,"
                        + " the files with certificates and the tags of keys, remove certificates that no chain needs"),
                log);
    }

    /** Callers can ask for the chains of any certificates. Without the limit, they could fill memory. */
    @Test
    void ids_moreCertificatesThanTheLimit_areForgotten() {
        Issuance issuance = new Issuance(0, new LoggedTexts(new ArrayList<>()), 2);
        KeyIds root = issuance.ids(ROOT_CERTIFICATE);
        assertSame(root, issuance.ids(ROOT_CERTIFICATE));
        issuance.ids(TestCertificates.selfSigned("second"));
        issuance.ids(TestCertificates.selfSigned("third"));
        KeyIds again = issuance.ids(ROOT_CERTIFICATE);
        assertEquals(root, again);
        assertNotSame(root, again);
    }

    @Test
    void hasIssued_damagedKeyIdentifier_isIgnored() {
        byte[] cutOff = {0x30, 4, (byte) 0x80, 5, 1, 2};
        X509Certificate leaf = TestCertificates.withExtensions(
                Party.ec("leaf"),
                ROOT,
                Period.of(TestCertificates.NOW, Duration.ofDays(1)),
                new Extension(Extension.authorityKeyIdentifier, false, cutOff));
        assertEquals(Optional.empty(), KeyIds.of(leaf).issuerId());
        assertTrue(new Issuance(2).hasIssued(ROOT_CERTIFICATE, leaf));
    }

    /** The maximum cost grows with the pool, so that all chains in a large file are complete. */
    @Test
    void chainFor_manyChains_areComplete() {
        Party intermediate = Party.ec("intermediate");
        X509Certificate intermediateCertificate = TestCertificates.issue(intermediate, ROOT);
        List<Party> leaves =
                IntStream.range(0, 300).mapToObj(i -> Party.ec("leaf " + i)).toList();
        List<X509Certificate> all = new ArrayList<>(leaves.stream()
                .map(leaf -> TestCertificates.issue(leaf, intermediate))
                .toList());
        all.add(intermediateCertificate);
        all.add(ROOT_CERTIFICATE);
        CertificatePool pool = CertificatePool.of(all);
        for (Party leaf : leaves) {
            assertEquals(
                    3,
                    pool.chainFor(leaf.keys().getPublic(), Purpose.SIGNATURE)
                            .orElseThrow()
                            .size());
        }
    }

    /** A server may complete the chains of many certificates in its life. */
    @Test
    void complete_manyLeavesFromOutside_haveTheirIssuers() {
        Party intermediate = Party.ec("intermediate");
        X509Certificate intermediateCertificate = TestCertificates.ca(intermediate, ROOT);
        CertificatePool pool = CertificatePool.of(List.of(intermediateCertificate, ROOT_CERTIFICATE));
        Party leaf = Party.ec("leaf");
        for (int i = 0; i < 300; i++) {
            X509Certificate leafCertificate = TestCertificates.issue(leaf, intermediate);
            assertEquals(
                    List.of(leafCertificate, intermediateCertificate, ROOT_CERTIFICATE),
                    pool.complete(List.of(leafCertificate)));
        }
    }

    /** Otherwise, a keystore file could make the chains of other files incomplete. */
    @Test
    void complete_afterExpensiveForeignChain_hasTheIssuers() throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(16_383).setBit(0);
        BigInteger exponent = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        PublicKey slow = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        Party signer = Party.ec("foreign");
        Party foreign = new Party(signer.name(), new KeyPair(slow, signer.keys().getPrivate()));
        X509Certificate expensive = TestCertificates.issue(foreign, signer);
        CertificatePool pool = CertificatePool.of(List.of(ROOT_CERTIFICATE));
        assertEquals(List.of(expensive), pool.complete(List.of(expensive)));
        X509Certificate leaf = TestCertificates.issue(Party.ec("leaf"), ROOT);
        assertEquals(List.of(leaf, ROOT_CERTIFICATE), pool.complete(List.of(leaf)));
    }
}
