package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.ca;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestCertificates.Period;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the choice between chains and between certificates with examples. {@link ChainPropertiesTest} tests the choice
 * between chains with random certificates.
 */
class ChainTest {
    private static final Party OLDER_ROOT = Party.ec("older root");
    private static final Party ROOT = Party.ec("root");
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");
    private static final X509Certificate ROOT_CERTIFICATE = ca(ROOT, ROOT);
    private static final X509Certificate CA_CERTIFICATE = ca(CA, ROOT);
    private static final X509Certificate LEAF_CERTIFICATE = issue(LEAF, CA);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(400));

    private static List<X509Certificate> chain(X509Certificate... certificates) {
        return chain(Purpose.SIGNATURE, certificates);
    }

    /** Returns the chain of {@code LEAF}. Fails if the order of the certificates changes the chain. */
    private static List<X509Certificate> chain(Purpose purpose, X509Certificate... certificates) {
        List<X509Certificate> backwards = new ArrayList<>(List.of(certificates));
        Collections.reverse(backwards);
        List<X509Certificate> chain = pool(List.of(certificates))
                .chainFor(LEAF.keys().getPublic(), purpose)
                .orElseThrow();
        assertEquals(
                chain,
                pool(backwards).chainFor(LEAF.keys().getPublic(), purpose).orElseThrow());
        return chain;
    }

    private static CertificatePool pool(List<X509Certificate> certificates) {
        return new CertificatePool(certificates, InstantSource.fixed(NOW));
    }

    @Test
    void chainFor_youngerCrossCertificateByAnExpiredRoot_endsInTheValidRoot() {
        X509Certificate older = ca(OLDER_ROOT, OLDER_ROOT, LONG_AGO, Duration.ofDays(300));
        X509Certificate cross = ca(ROOT, OLDER_ROOT, NOW.minus(Duration.ofHours(1)), Duration.ofDays(300));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE),
                chain(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE, cross, older));
    }

    @Test
    void chainFor_youngerCrossCertificateByAValidRoot_endsInTheSelfSignedForm() {
        X509Certificate older = ca(OLDER_ROOT, OLDER_ROOT);
        X509Certificate cross = ca(ROOT, OLDER_ROOT, NOW.minus(Duration.ofHours(1)), Duration.ofDays(300));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE),
                chain(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE, cross, older));
    }

    /** A dead end is a chain that lacks the issuer of its last certificate. */
    @Test
    void chainFor_expiredRootAndValidDeadEnd_usesTheDeadEnd() {
        X509Certificate expired = ca(ROOT, ROOT, LONG_AGO, Duration.ofDays(300));
        X509Certificate cross = ca(CA, OLDER_ROOT);
        assertEquals(List.of(LEAF_CERTIFICATE, cross), chain(LEAF_CERTIFICATE, CA_CERTIFICATE, expired, cross));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, expired), chain(LEAF_CERTIFICATE, CA_CERTIFICATE, expired));
    }

    @Test
    void chainFor_issuerThatMustNotIssue_usesAnotherCertificate() {
        Period period = Period.of(NOW.minus(Duration.ofHours(1)), Duration.ofDays(30));
        X509Certificate noCa = TestCertificates.withExtensions(CA, ROOT, period);
        X509Certificate noCertSign = TestCertificates.withExtensions(
                CA,
                ROOT,
                period,
                TestCertificates.caExtension(9),
                TestCertificates.extension(Extension.keyUsage, new KeyUsage(KeyUsage.cRLSign)));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE),
                chain(LEAF_CERTIFICATE, noCa, noCertSign, CA_CERTIFICATE, ROOT_CERTIFICATE));
    }

    @Test
    void chainFor_pathLengthTooShort_usesAnotherCertificate() {
        Party upper = Party.ec("upper");
        Period period = Period.of(NOW.minus(Duration.ofHours(1)), Duration.ofDays(30));
        X509Certificate ca = ca(CA, upper);
        X509Certificate tooShort =
                TestCertificates.withExtensions(upper, ROOT, period, TestCertificates.caExtension(0));
        X509Certificate longEnough = ca(upper, ROOT);
        assertEquals(
                List.of(LEAF_CERTIFICATE, ca, longEnough, ROOT_CERTIFICATE),
                chain(LEAF_CERTIFICATE, ca, tooShort, longEnough, ROOT_CERTIFICATE));
    }

    @Test
    void chainFor_onlyIssuersThatMustNotIssue_areUsed() {
        X509Certificate ca = issue(CA, ROOT);
        X509Certificate root = issue(ROOT, ROOT);
        assertEquals(List.of(LEAF_CERTIFICATE, ca, root), chain(LEAF_CERTIFICATE, ca, root));
    }

    @Test
    void chainFor_casThatCertifyOnlyEachOther_endsWithoutLoop() {
        Party first = Party.ec("first");
        Party second = Party.ec("second");
        Party third = Party.ec("third");
        List<X509Certificate> chain = chain(
                LEAF_CERTIFICATE, ca(CA, first), ca(CA, third), ca(first, second), ca(second, third), ca(third, first));
        assertEquals(5, chain.size(), chain::toString);
    }

    /** A CA has two certificates with different key identifiers. Another CA issued the one that the leaf names. */
    @Test
    void chainFor_issuerHasTwoKeyIdentifiers_usesThePathInWhichAllMatch() {
        Party other = Party.ec("other");
        X509Certificate leaf = withIds(LEAF, CA, 0, 1);
        X509Certificate first = withIds(CA, other, 1, 3);
        X509Certificate otherCa = withIds(other, CA, 3, 2);
        X509Certificate second = withIds(CA, ROOT, 2, 4);
        X509Certificate root = withIds(ROOT, ROOT, 4, 4);
        assertEquals(List.of(leaf, first, otherCa, second, root), chain(leaf, first, otherCa, second, root));
        assertEquals(List.of(leaf, second, root), chain(leaf, second, root));
    }

    /** Returns a certificate whose key identifiers of the subject and of the issuer are these numbers. */
    private static X509Certificate withIds(Party subject, Party issuer, int own, int ofIssuer) {
        return TestCertificates.withExtensions(
                subject,
                issuer,
                Period.of(NOW.minus(Duration.ofHours(1)), Duration.ofDays(30)),
                TestCertificates.caExtension(own == 0 ? 0 : 9),
                TestCertificates.extension(
                        Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(new byte[] {(byte) own})),
                TestCertificates.extension(
                        Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(new byte[] {(byte) ofIssuer})));
    }

    /** These certificates make a million chains, too many to try all of them. */
    @Test
    void chainFor_hundredCrossCertificatesOnEachLevel_findsTheBestRoot() {
        List<X509Certificate> all = new ArrayList<>();
        List<Party> levels = List.of(CA, Party.ec("level 2"), ROOT);
        for (int level = 0; level < levels.size() - 1; level++) {
            Party subject = levels.get(level);
            Party issuer = levels.get(level + 1);
            IntStream.range(0, 100).forEach(i -> all.add(ca(subject, issuer)));
        }
        X509Certificate expiredRoot = ca(OLDER_ROOT, OLDER_ROOT, LONG_AGO, Duration.ofDays(1));
        IntStream.range(0, 100).forEach(i -> all.add(ca(ROOT, OLDER_ROOT)));
        all.add(expiredRoot);
        all.add(LEAF_CERTIFICATE);
        List<X509Certificate> chainToExpiredRoot = chain(all.toArray(new X509Certificate[0]));
        assertEquals(5, chainToExpiredRoot.size());
        assertEquals(expiredRoot, chainToExpiredRoot.get(4));
        all.add(ROOT_CERTIFICATE);
        List<X509Certificate> chain = chain(all.toArray(new X509Certificate[0]));
        assertEquals(4, chain.size());
        assertEquals(ROOT_CERTIFICATE, chain.get(3));
    }

    @Test
    void chainFor_casThatAllCertifyEachOther_findsTheOnlyRoot() {
        List<Party> cas =
                IntStream.range(0, 12).mapToObj(i -> Party.ec("ca " + i)).toList();
        List<X509Certificate> all = new ArrayList<>();
        for (Party subject : cas) {
            cas.stream().filter(issuer -> !issuer.equals(subject)).forEach(issuer -> all.add(ca(subject, issuer)));
        }
        X509Certificate leaf = issue(LEAF, cas.get(0));
        all.add(leaf);
        all.add(ca(cas.get(11), cas.get(11)));
        List<X509Certificate> chain = chain(all.toArray(new X509Certificate[0]));
        assertEquals(3, chain.size(), chain::toString);
    }

    @Test
    void chainFor_severalCertificates_prefersTheOneForThePurpose() {
        X509Certificate codeSigning = leaf(9, KeyPurposeId.id_kp_codeSigning);
        X509Certificate server = leaf(3, KeyPurposeId.id_kp_serverAuth);
        X509Certificate any = issue(LEAF, CA, NOW.minus(Duration.ofDays(2)), Duration.ofDays(30));
        X509Certificate caCertificate = ca(LEAF, CA);
        assertEquals(
                codeSigning,
                chain(Purpose.SIGNATURE, caCertificate, any, server, codeSigning)
                        .get(0));
        assertEquals(
                server,
                chain(Purpose.TLS, caCertificate, any, server, codeSigning).get(0));
        assertEquals(any, chain(Purpose.TLS, caCertificate, any, codeSigning).get(0));
        assertEquals(codeSigning, chain(Purpose.TLS, caCertificate, codeSigning).get(0));
        X509Certificate expired = leaf(90, KeyPurposeId.id_kp_codeSigning);
        assertEquals(
                caCertificate, chain(Purpose.SIGNATURE, caCertificate, expired).get(0));
    }

    /** The purposes are document signing (RFC 9336) and email protection (RFC 5280 §4.2.1.12). */
    @ParameterizedTest
    @ValueSource(strings = {"1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"})
    void chainFor_certificateForDocuments_comesBeforeTlsForSignaturesOnly(String purpose) {
        X509Certificate document = leaf(9, KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)));
        X509Certificate server = leaf(3, KeyPurposeId.id_kp_serverAuth);
        X509Certificate codeSigning = leaf(20, KeyPurposeId.id_kp_codeSigning);
        X509Certificate newerDocument = leaf(1, KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)));
        assertEquals(document, chain(Purpose.SIGNATURE, server, document).get(0));
        assertEquals(server, chain(Purpose.TLS, server, newerDocument).get(0));
        assertEquals(
                codeSigning,
                chain(Purpose.SIGNATURE, server, document, codeSigning).get(0));
    }

    /** Returns a certificate that was issued this many days ago, and is valid for 30 days. */
    private static X509Certificate leaf(int age, KeyPurposeId purpose) {
        return TestCertificates.withExtensions(
                LEAF,
                CA,
                Period.of(NOW.minus(Duration.ofDays(age)), Duration.ofDays(30)),
                TestCertificates.extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose)));
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void chainFor_keyUsageForAnotherPurpose_usesAnotherCertificate(Purpose purpose) {
        int fit = purpose == Purpose.DECRYPTION ? KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
        int unfit = purpose == Purpose.DECRYPTION ? KeyUsage.digitalSignature : KeyUsage.keyEncipherment;
        X509Certificate right = leafWithKeyUsage(5, fit);
        X509Certificate wrong = leafWithKeyUsage(1, unfit);
        assertEquals(right, chain(purpose, right, wrong).get(0));
    }

    /** Returns a certificate that was issued this many days ago, with these bits of Bouncy Castle's KeyUsage. */
    private static X509Certificate leafWithKeyUsage(int age, int bits) {
        return TestCertificates.withExtensions(
                LEAF,
                CA,
                Period.of(NOW.minus(Duration.ofDays(age)), Duration.ofDays(30)),
                TestCertificates.extension(Extension.keyUsage, new KeyUsage(bits)));
    }

    @Test
    void complete_chainOfAnEntry_keepsTheGivenCertificates() {
        X509Certificate older = ca(OLDER_ROOT, OLDER_ROOT, LONG_AGO, Duration.ofDays(300));
        X509Certificate cross = ca(ROOT, OLDER_ROOT);
        List<X509Certificate> given = List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, cross, older);
        CertificatePool pool = pool(List.of(ROOT_CERTIFICATE, CA_CERTIFICATE, LEAF_CERTIFICATE, cross, older));
        assertEquals(given, pool.complete(given));
        assertEquals(given, pool.complete(List.of(older, CA_CERTIFICATE, cross, LEAF_CERTIFICATE)));
        assertEquals(
                List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE), pool.complete(List.of(LEAF_CERTIFICATE)));
    }

    /** The path length of the root limits how many intermediate certificates follow, including those of the entry. */
    @Test
    void complete_rootWithPathLengthTooShort_usesAnotherCertificate() {
        Party sub = Party.ec("sub");
        Period newer = Period.of(NOW.minus(Duration.ofMinutes(1)), Duration.ofDays(30));
        X509Certificate tooShort = TestCertificates.withExtensions(ROOT, ROOT, newer, TestCertificates.caExtension(0));
        X509Certificate lower = ca(sub, CA);
        List<X509Certificate> given = List.of(issue(LEAF, sub), lower, CA_CERTIFICATE);
        List<X509Certificate> complete =
                pool(List.of(tooShort, ROOT_CERTIFICATE)).complete(given);
        assertEquals(List.of(given.get(0), lower, CA_CERTIFICATE, ROOT_CERTIFICATE), complete);
    }

    /** A CA may issue a certificate in its own name for its new key. */
    @Test
    void complete_lastCertificateSelfIssuedButNotSelfSigned_addsItsIssuer() {
        Party renewed = Party.ec("root");
        X509Certificate rollover = ca(renewed, ROOT);
        List<X509Certificate> given = List.of(issue(LEAF, renewed), rollover);
        assertEquals(
                List.of(given.get(0), rollover, ROOT_CERTIFICATE),
                pool(List.of(ROOT_CERTIFICATE)).complete(given));
    }

    /** Only the oldest certificate of the CA leads to a root. It is ignored if there are too many newer ones. */
    @Test
    void chainFor_moreIssuersThanTheMaximum_ignoresTheOldest() {
        List<X509Certificate> all = new ArrayList<>(List.of(LEAF_CERTIFICATE));
        IntStream.range(0, PathSearch.MOST_ISSUERS).forEach(i -> all.add(ca(CA, OLDER_ROOT)));
        Instant before = NOW.minus(Duration.ofDays(2));
        all.add(ca(CA, ROOT, before, Duration.ofDays(300)));
        all.add(ROOT_CERTIFICATE);
        assertEquals(2, chain(all.toArray(new X509Certificate[0])).size());
        all.remove(1);
        assertEquals(3, chain(all.toArray(new X509Certificate[0])).size());
    }
}
