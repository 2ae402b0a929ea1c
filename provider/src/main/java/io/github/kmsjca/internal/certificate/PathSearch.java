package io.github.kmsjca.internal.certificate;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best chain for a certificate among all chains that the certificates at hand allow.
 *
 * <p>The search goes up one level at a time. Of two paths to the same certificate, it drops the one that no issuer can
 * make better than the other. So the effort grows with the number of certificates, and not with the number of chains,
 * which can be exponential.
 */
final class PathSearch {
    private final Function<X500Principal, List<X509Certificate>> bySubject;
    private final Issuance issuance;
    private final Instant now;
    private final Map<X509Certificate, List<X509Certificate>> issuers = new HashMap<>();
    private final Map<X509Certificate, List<Path>> kept = new HashMap<>();

    /**
     * Creates a search. Use it for one certificate.
     *
     * @param bySubject returns the certificates at hand that have a subject
     * @param now the time at which certificates must be valid
     */
    PathSearch(Function<X500Principal, List<X509Certificate>> bySubject, Issuance issuance, Instant now) {
        this.bySubject = bySubject;
        this.issuance = issuance;
        this.now = now;
    }

    /** How a path ends. Best end first. */
    enum End {
        /** The last certificate is self-signed. */
        ROOT,
        /** No issuer of the last certificate is at hand. */
        DEAD_END,
        /** Every issuer of the last certificate is already in the path, or the path has the maximum length. */
        LOOP
    }

    /** A subject and its key. Cross-certificates and renewed certificates of one CA are the same entity. */
    private record Entity(X500Principal subject, PublicKey key) {
        static Entity of(X509Certificate certificate) {
            return new Entity(certificate.getSubjectX500Principal(), certificate.getPublicKey());
        }
    }

    /**
     * A certificate and the path below it.
     *
     * @param below the path from the leaf to the certificate below; null for the leaf
     * @param length the number of certificates
     * @param intermediates the number of intermediates that count for a path length constraint (RFC 5280 §4.2.1.9)
     * @param isValid whether all certificates are valid now
     * @param isUsable whether each issuer may issue certificates in this place
     */
    private record Path(
            X509Certificate last,
            @Nullable Path below,
            int length,
            int intermediates,
            boolean isValid,
            boolean isUsable) {

        boolean contains(Entity entity) {
            for (Path path = this; path != null; path = path.below) {
                if (Entity.of(path.last).equals(entity)) {
                    return true;
                }
            }
            return false;
        }

        List<X509Certificate> leafFirst() {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Path path = this; path != null; path = path.below) {
                certificates.add(0, path.last);
            }
            return certificates;
        }

        /** Returns whether no issuer can make the other path to the same certificate better than this path. */
        boolean dominates(Path other) {
            return (isValid || !other.isValid)
                    && (isUsable || !other.isUsable)
                    && intermediates <= other.intermediates
                    && length <= other.length;
        }
    }

    /** A path that ends. */
    private record Chain(Path path, End end) {
        boolean isPerfect() {
            return path.isValid && end == End.ROOT && path.isUsable;
        }
    }

    /** Returns the best chain, leaf first. */
    List<X509Certificate> best(X509Certificate leaf) {
        List<Path> level = List.of(new Path(leaf, null, 1, 0, Validity.includes(leaf, now), true));
        List<Chain> ended = new ArrayList<>();
        // a longer chain is never better than a perfect one
        while (!level.isEmpty() && ended.stream().noneMatch(Chain::isPerfect)) {
            List<Path> above = new ArrayList<>();
            for (Path path : level) {
                List<Path> longer = extended(path);
                if (longer.isEmpty()) {
                    ended.add(new Chain(path, end(path)));
                }
                above.addAll(longer);
            }
            level = keepBest(above);
        }
        return ended.stream().min(order()).orElseThrow().path.leafFirst();
    }

    private End end(Path path) {
        if (isRoot(path.last)) {
            return End.ROOT;
        }
        return issuers(path.last).isEmpty() ? End.DEAD_END : End.LOOP;
    }

    private boolean isRoot(X509Certificate certificate) {
        return issuance.hasIssued(certificate, certificate);
    }

    private List<Path> extended(Path path) {
        return isRoot(path.last) || path.length == CertificatePool.LONGEST_CHAIN
                ? List.of()
                : issuers(path.last).stream()
                        .filter(issuer -> !path.contains(Entity.of(issuer)))
                        .map(issuer -> with(path, issuer))
                        .toList();
    }

    private Path with(Path path, X509Certificate issuer) {
        boolean isUsable = Issuance.keyIdMatch(issuer, path.last) != Issuance.KeyIdMatch.OTHER_KEY
                && CaConstraints.allow(issuer, path.intermediates);
        int more = Issuance.namesIssuer(issuer, issuer) ? 0 : 1;
        return new Path(
                issuer,
                path,
                path.length + 1,
                path.intermediates + more,
                path.isValid && Validity.includes(issuer, now),
                path.isUsable && isUsable);
    }

    /** Returns all certificates at hand that issued a certificate. The number of keys that are tried is limited. */
    private List<X509Certificate> issuers(X509Certificate certificate) {
        return issuers.computeIfAbsent(certificate, this::findIssuers);
    }

    private List<X509Certificate> findIssuers(X509Certificate certificate) {
        Map<PublicKey, List<X509Certificate>> byKey = bySubject.apply(certificate.getIssuerX500Principal()).stream()
                .sorted(Comparator.comparing((X509Certificate issuer) -> Issuance.keyIdMatch(issuer, certificate))
                        .thenComparing(Validity.validThenNewest(now)))
                .collect(Collectors.groupingBy(
                        X509Certificate::getPublicKey, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        return byKey.values().stream()
                .limit(Issuance.MOST_CANDIDATES)
                .flatMap(Collection::stream)
                .filter(issuer -> issuance.hasIssued(issuer, certificate))
                .toList();
    }

    /** Returns the paths that are worth extending, at most a few for each certificate. */
    private List<Path> keepBest(List<Path> paths) {
        List<Path> best = new ArrayList<>();
        for (Path path : paths.stream().sorted(beforeTheEnd()).toList()) {
            List<Path> others = kept.computeIfAbsent(path.last, certificate -> new ArrayList<>());
            if (others.stream().noneMatch(other -> other.dominates(path))) {
                others.add(path);
                best.add(path);
            }
        }
        return best;
    }

    /** Returns the order of chains, best first. */
    private Comparator<Chain> order() {
        return Comparator.comparing((Chain chain) -> !chain.path.isValid)
                .thenComparing(Chain::end)
                .thenComparing(chain -> chain.path, beforeTheEnd());
    }

    private Comparator<Path> beforeTheEnd() {
        return Comparator.comparing((Path path) -> !path.isValid)
                .thenComparing(path -> !path.isUsable)
                .thenComparing(Path::length)
                .thenComparing(Path::leafFirst, this::compareInPlace);
    }

    /** Compares two chains of the same length from the leaf up. Does not depend on the order of the files. */
    private int compareInPlace(List<X509Certificate> one, List<X509Certificate> other) {
        for (int i = 1; i < one.size(); i++) {
            X509Certificate below = one.get(i - 1);
            Comparator<X509Certificate> order = Comparator.comparing(
                            (X509Certificate issuer) -> Issuance.keyIdMatch(issuer, below))
                    .thenComparing(Validity.validThenNewest(now))
                    .thenComparing(X509Certificate::getSignature, Arrays::compare);
            int result = order.compare(one.get(i), other.get(i));
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }
}
