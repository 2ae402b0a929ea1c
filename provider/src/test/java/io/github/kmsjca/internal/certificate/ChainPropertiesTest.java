package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestCertificates.Period;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * Compares the chosen chain with all possible chains of the same leaf certificate. The test finds them by trying every
 * issuer. {@link ChainTest} tests the choice of the leaf certificate.
 */
class ChainPropertiesTest {
    private static final int CAS = 5;

    /** The index of keyCertSign in the key usage (RFC 5280 §4.2.1.3). */
    private static final int KEY_CERT_SIGN = 5;

    /** The CAs, and last the owner of the leaf. Two CAs have the same name. */
    private static final List<Party> PARTIES = IntStream.rangeClosed(0, CAS)
            .mapToObj(i -> Party.ec(i == CAS ? "leaf" : "ca " + Math.min(i, CAS - 2)))
            .toList();

    private static final Party LEAF = PARTIES.get(CAS);

    /** How a CA certificate limits what its key may issue. */
    private enum Limits {
        NONE,
        PATH_LENGTH_ZERO,
        NO_CA,
        NO_CERT_SIGN
    }

    /** The key identifiers in a certificate. Each party has two, with the numbers 0 and 1. */
    private record Ids(int subject, int issuer) {}

    /** A certificate to issue. Subject and issuer are indexes of {@code PARTIES}. The unit of the age is ten days. */
    private record Plan(int subject, int issuer, int age, Limits limits, Ids ids) {
        X509Certificate issue() {
            // a certificate of age 1 to 9 is valid now, an older one has expired, and a younger one is not valid yet
            Instant from = NOW.minus(Duration.ofDays(age * 10L)).plus(Duration.ofHours(1));
            Period period = Period.of(from, Duration.ofDays(95));
            Party owner = PARTIES.get(subject);
            Party signer = PARTIES.get(issuer);
            List<Extension> extensions = new ArrayList<>(
                    switch (limits) {
                        case NONE -> List.of(TestCertificates.caExtension(Integer.MAX_VALUE));
                        case PATH_LENGTH_ZERO -> List.of(TestCertificates.caExtension(0));
                        case NO_CA -> List.of();
                        case NO_CERT_SIGN ->
                            List.of(
                                    TestCertificates.caExtension(Integer.MAX_VALUE),
                                    TestCertificates.extension(
                                            Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)));
                    });
            extensions.add(plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(id(subject, ids.subject))));
            extensions.add(plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(id(issuer, ids.issuer))));
            return TestCertificates.withExtensions(owner, signer, period, extensions.toArray(new Extension[0]));
        }

        private static byte[] id(int party, int variant) {
            return new byte[] {(byte) party, (byte) variant};
        }

        /** Returns an extension that is not critical, because the JDK refuses critical key identifiers. */
        private static Extension plain(ASN1ObjectIdentifier oid, ASN1Encodable value) {
            Extension critical = TestCertificates.extension(oid, value);
            return new Extension(oid, false, critical.getExtnValue());
        }
    }

    /** Certificates in any order. jqwik simplifies a failing example, and would remove the leaf from a plain list. */
    private record Mix(List<X509Certificate> certificates) {
        @Override
        public String toString() {
            return names(certificates).toString();
        }
    }

    /** How good a chain is. The smallest rank is the best. */
    private record Rank(boolean notValidNow, int end, boolean unusable, boolean hasWrongId, int length)
            implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return Comparator.comparing(Rank::notValidNow)
                    .thenComparing(Rank::end)
                    .thenComparing(Rank::unusable)
                    .thenComparing(Rank::hasWrongId)
                    .thenComparing(Rank::length)
                    .compare(this, other);
        }
    }

    /** The values of {@link Rank#end}: a chain ends in a root, lacks an issuer, or would repeat a CA. */
    private static final int ROOT = 0;

    private static final int NO_ISSUER = 1;
    private static final int LOOP = 2;

    @Provide
    Arbitrary<Mix> certificates() {
        Arbitrary<Integer> age = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(1, 9)),
                Tuple.of(2, Arbitraries.integers().between(10, 12)),
                Tuple.of(1, Arbitraries.just(-1)));
        Arbitrary<Limits> limits = Arbitraries.frequency(
                Tuple.of(9, Limits.NONE),
                Tuple.of(1, Limits.PATH_LENGTH_ZERO),
                Tuple.of(1, Limits.NO_CA),
                Tuple.of(1, Limits.NO_CERT_SIGN));
        Arbitrary<Integer> ca = Arbitraries.integers().between(0, CAS - 1);
        Arbitrary<Integer> variant = Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 1));
        Arbitrary<Ids> ids = Combinators.combine(variant, variant).as(Ids::new);
        Arbitrary<List<Plan>> plans = Combinators.combine(ca, ca, age, limits, ids)
                .as(Plan::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(12);
        Arbitrary<List<Plan>> leaves = Combinators.combine(ca, age, ids)
                .as((issuer, leafAge, leafIds) -> new Plan(CAS, issuer, leafAge, Limits.NO_CA, leafIds))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        return Combinators.combine(plans, leaves, Arbitraries.randomValue(Random::nextLong))
                .as((cas, own, seed) -> {
                    List<X509Certificate> all = new ArrayList<>();
                    cas.forEach(plan -> all.add(plan.issue()));
                    own.forEach(plan -> all.add(plan.issue()));
                    all.add(all.get(0));
                    Collections.shuffle(all, new Random(seed));
                    return new Mix(all);
                });
    }

    @Property(tries = 200)
    void chainFor_anyCertificates_isTheBestChainInAnyOrder(@ForAll("certificates") Mix mix)
            throws GeneralSecurityException {
        List<X509Certificate> all = mix.certificates;
        List<X509Certificate> chain = chain(all);
        List<List<X509Certificate>> allChains = allChains(chain.get(0), all);
        Rank best = allChains.stream()
                .map(one -> rank(one, all))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        // if the best chain ends in a loop, the search may find another one; no verifier accepts such a chain anyway
        if (best.end != LOOP) {
            assertEquals(best, rank(chain, all), () -> names(chain) + " of " + names(all));
        }
        assertTrue(allChains.contains(chain), () -> names(chain) + " of " + names(all));
        boolean isAnyAccepted = false;
        for (List<X509Certificate> one : allChains) {
            isAnyAccepted |= isAcceptedByTheJdk(one);
        }
        assertEquals(isAnyAccepted, isAcceptedByTheJdk(chain), () -> names(chain) + " of " + names(all));
        List<X509Certificate> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        assertEquals(chain, chain(reversed));
    }

    private static List<X509Certificate> chain(List<X509Certificate> all) {
        return new CertificatePool(all, InstantSource.fixed(NOW))
                .chainFor(LEAF.keys().getPublic(), Purpose.SIGNATURE)
                .orElseThrow();
    }

    private static List<String> names(List<X509Certificate> chain) {
        return chain.stream()
                .map(one -> one.getSubjectX500Principal() + "<" + one.getIssuerX500Principal() + " #"
                        + one.getSerialNumber())
                .toList();
    }

    /** Returns all chains that begin with this leaf certificate and that no other issuer can extend. */
    private static List<List<X509Certificate>> allChains(X509Certificate leaf, List<X509Certificate> all) {
        List<List<X509Certificate>> found = new ArrayList<>();
        extend(List.of(leaf), all, found);
        return found;
    }

    /** Adds all chains that begin with the given part of a chain. */
    private static void extend(
            List<X509Certificate> chain, List<X509Certificate> all, List<List<X509Certificate>> found) {
        X509Certificate last = chain.get(chain.size() - 1);
        List<X509Certificate> issuers = all.stream()
                .distinct()
                .filter(issuer -> !hasIssued(last, last) && hasIssued(issuer, last))
                .filter(issuer -> !caIdentities(chain).contains(caIdentity(issuer)))
                .toList();
        if (issuers.isEmpty()) {
            found.add(chain);
        }
        for (X509Certificate issuer : issuers) {
            List<X509Certificate> longer = new ArrayList<>(chain);
            longer.add(issuer);
            extend(longer, all, found);
        }
    }

    private static final Map<List<Object>, Boolean> HAS_ISSUED = new HashMap<>();

    private static boolean hasIssued(X509Certificate issuer, X509Certificate certificate) {
        return HAS_ISSUED.computeIfAbsent(
                List.of(caIdentity(issuer), certificate), pair -> isIssuedBy(issuer, certificate));
    }

    private static boolean isIssuedBy(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    private static Set<List<Object>> caIdentities(List<X509Certificate> chain) {
        Set<List<Object>> caIdentities = new HashSet<>();
        chain.forEach(certificate -> caIdentities.add(caIdentity(certificate)));
        return caIdentities;
    }

    /** Returns subject, key and key identifier. No two certificates of a chain have all three in common. */
    private static List<Object> caIdentity(X509Certificate certificate) {
        return List.of(
                certificate.getSubjectX500Principal(),
                certificate.getPublicKey(),
                KeyIds.of(certificate).ownId());
    }

    private static Rank rank(List<X509Certificate> chain, List<X509Certificate> all) {
        boolean isCurrent = chain.stream().allMatch(ChainPropertiesTest::isCurrent);
        int end = end(chain.get(chain.size() - 1), all);
        return new Rank(!isCurrent, end, !isUsable(chain), hasWrongId(chain), chain.size());
    }

    private static int end(X509Certificate last, List<X509Certificate> all) {
        if (hasIssued(last, last)) {
            return ROOT;
        }
        return all.stream().noneMatch(issuer -> hasIssued(issuer, last)) ? NO_ISSUER : LOOP;
    }

    private static boolean hasWrongId(List<X509Certificate> chain) {
        return IntStream.range(1, chain.size()).anyMatch(i -> {
            KeyIds below = KeyIds.of(chain.get(i - 1));
            return !below.issuerId().equals(KeyIds.of(chain.get(i)).ownId());
        });
    }

    private static boolean isCurrent(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(NOW));
            return true;
        } catch (GeneralSecurityException notValidNow) {
            return false;
        }
    }

    private static boolean isUsable(List<X509Certificate> chain) {
        int below = 0;
        for (X509Certificate issuer : chain.subList(1, chain.size())) {
            boolean[] keyUsage = issuer.getKeyUsage();
            boolean maySign = keyUsage == null || keyUsage[KEY_CERT_SIGN];
            if (!maySign || issuer.getBasicConstraints() < below) {
                return false;
            }
            below += issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal()) ? 0 : 1;
        }
        return true;
    }

    /**
     * Returns whether a chain ends in a root, and the JDK accepts the chain. The JDK checks the root like every other
     * certificate.
     */
    private static boolean isAcceptedByTheJdk(List<X509Certificate> chain) throws GeneralSecurityException {
        X509Certificate root = chain.get(chain.size() - 1);
        if (!hasIssued(root, root)) {
            return false;
        }
        CertPath path = CertificateFactory.getInstance("X.509", "SUN").generateCertPath(chain);
        try {
            TrustAnchor anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(NOW));
            CertPathValidator.getInstance("PKIX", "SUN").validate(path, parameters);
            return true;
        } catch (CertPathValidatorException | InvalidAlgorithmParameterException refused) {
            return false;
        }
    }
}
