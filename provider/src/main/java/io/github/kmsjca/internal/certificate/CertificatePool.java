package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.PublicKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** Certificates, found by public key and by subject. */
public final class CertificatePool {
    /** The maximum number of certificates in a chain. Real chains are less than half as long. */
    public static final int LONGEST_CHAIN = 20;

    private final List<X509Certificate> certificates;
    private final Set<X509Certificate> distinct;
    private final Map<ByteBuffer, List<X509Certificate>> byKey;
    private final Map<X500Principal, List<X509Certificate>> bySubject;
    private final InstantSource clock;
    private final ChainMemory memory;
    private final Issuance issuance;

    public CertificatePool(Collection<X509Certificate> certificates, InstantSource clock) {
        this.certificates = List.copyOf(certificates);
        this.distinct = Set.copyOf(certificates);
        this.byKey = certificates.stream().collect(Collectors.groupingBy(PublicKeys::encoded));
        this.bySubject = index(certificates);
        this.clock = clock;
        this.memory = new ChainMemory(this.certificates);
        this.issuance = new Issuance(this.certificates.size());
    }

    /**
     * Returns the certificates of a file in any {@link CertificateForm}, or of a folder of such files.
     *
     * @throws IOException if the file cannot be used; in a folder, a file that cannot be used is skipped with a warning
     */
    public static CertificatePool of(Path path) throws IOException {
        return new CertificatePool(
                new CertificateFiles(path)
                        .readAll().values().stream()
                                .flatMap(List::stream)
                                .distinct()
                                .toList(),
                InstantSource.system());
    }

    /** Returns a pool of the given certificates. */
    static CertificatePool of(Collection<X509Certificate> certificates) {
        return new CertificatePool(certificates, InstantSource.system());
    }

    /**
     * Returns whether {@code issuer} issued {@code certificate}: the names match and the signature is valid. If this
     * Java version cannot verify the signature, the key identifiers decide.
     */
    public static boolean hasIssued(X509Certificate issuer, X509Certificate certificate) {
        return Issuance.namesIssuer(issuer, certificate) && Issuance.verifies(issuer, certificate);
    }

    /** Returns a pool with the certificates of this pool and the given certificates. */
    CertificatePool with(Collection<X509Certificate> more) {
        return more.isEmpty()
                ? this
                : new CertificatePool(
                        Stream.concat(certificates.stream(), more.stream())
                                .distinct()
                                .toList(),
                        clock);
    }

    /** Returns whether the pool has this certificate. */
    boolean contains(X509Certificate certificate) {
        return byKey.getOrDefault(PublicKeys.encoded(certificate), List.of()).contains(certificate);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /**
     * Returns the best chain for the key, leaf first. If the key has several certificates, a certificate that is valid
     * now has priority, then one that is made for the purpose, then the newest. Empty if the key has no certificate.
     */
    public Optional<List<X509Certificate>> chainFor(PublicKey key, Purpose purpose) {
        byte[] encoded = key.getEncoded();
        List<X509Certificate> leaves =
                encoded == null ? List.of() : byKey.getOrDefault(ByteBuffer.wrap(encoded), List.of());
        Instant now = clock.instant();
        return bestLeaf(leaves, purpose, now)
                .map(leaf -> memory.chain(List.of(leaf), now, () -> chain(List.of(leaf), bySubject, issuance)));
    }

    private static Optional<X509Certificate> bestLeaf(List<X509Certificate> leaves, Purpose purpose, Instant now) {
        return leaves.stream()
                .min(Comparator.comparing((X509Certificate leaf) -> !Validity.includes(leaf, now))
                        .thenComparing(purpose.bestFit())
                        .thenComparing(Validity.newest())
                        .thenComparing(X509Certificate::getSignature, Arrays::compare));
    }

    /**
     * Returns a certificate that an error text can name: one that does not belong to a CA, and of these the newest that
     * is valid now, or else the newest. Empty if all certificates belong to CAs.
     */
    public Optional<X509Certificate> newestLeaf() {
        return certificates.stream()
                .filter(certificate -> !CaConstraints.isCa(certificate))
                .min(Validity.validThenNewest(clock.instant()));
    }

    /**
     * Returns a chain, leaf first, completed with issuers from this pool. The given chain may be in any order. If its
     * certificates do not form one chain, it is completed as it is.
     */
    public List<X509Certificate> complete(List<X509Certificate> given) {
        return given.isEmpty() ? given : memory.chain(given, clock.instant(), () -> completed(given));
    }

    private List<X509Certificate> completed(List<X509Certificate> given) {
        Issuance withGiven = issuance.with(distinct);
        List<X509Certificate> ordered = order(given, withGiven);
        X509Certificate last = ordered.get(ordered.size() - 1);
        return withGiven.hasIssued(last, last)
                ? ordered
                : chain(ordered, bySubject, withGiven).stream().distinct().toList();
    }

    /**
     * Returns a chain, leaf first. A chain that is already in order is returned unchanged. Otherwise the certificates
     * are sorted, and issuers from this pool may be added. If the certificates do not form one chain, returns them
     * unchanged, so that no certificate is lost.
     */
    public List<X509Certificate> order(List<X509Certificate> given) {
        return order(given, issuance.with(distinct));
    }

    private List<X509Certificate> order(List<X509Certificate> given, Issuance withGiven) {
        if (isOrdered(given)) {
            return given;
        }
        X509Certificate leaf = leaf(given, withGiven);
        // first try the given certificates alone: the best chain of the pool may lack a given cross-certificate
        return Stream.of(index(given), bySubject)
                .map(candidates -> chain(List.of(leaf), candidates, withGiven))
                .filter(chain -> chain.containsAll(given))
                .findFirst()
                .orElse(given);
    }

    private static boolean isOrdered(List<X509Certificate> chain) {
        return IntStream.range(1, chain.size())
                .allMatch(i -> chain.get(i - 1)
                        .getIssuerX500Principal()
                        .equals(chain.get(i).getSubjectX500Principal()));
    }

    /**
     * Returns the certificate that issued none of the others. If there is no such certificate, or more than one,
     * returns the first certificate. Signatures are verified only if the names alone do not identify the leaf.
     */
    private static X509Certificate leaf(List<X509Certificate> certificates, Issuance issuance) {
        return onlyLeaf(certificates, Issuance::namesIssuer)
                .or(() -> onlyLeaf(certificates, issuance::hasIssued))
                .orElse(certificates.get(0));
    }

    private static Optional<X509Certificate> onlyLeaf(
            List<X509Certificate> certificates, BiPredicate<X509Certificate, X509Certificate> issued) {
        List<X509Certificate> leaves = certificates.stream()
                .filter(candidate -> certificates.stream()
                        .noneMatch(other -> !other.equals(candidate) && issued.test(candidate, other)))
                .toList();
        return leaves.size() == 1 ? Optional.of(leaves.get(0)) : Optional.empty();
    }

    private List<X509Certificate> chain(
            List<X509Certificate> given, Map<X500Principal, List<X509Certificate>> candidates, Issuance verdicts) {
        return new PathSearch(subject -> candidates.getOrDefault(subject, List.of()), verdicts, clock.instant())
                .best(given);
    }

    private static Map<X500Principal, List<X509Certificate>> index(Collection<X509Certificate> certificates) {
        return certificates.stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }
}
