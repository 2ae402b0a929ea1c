package io.github.kmsjca.internal.certificate;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best chain for a certificate among all chains that the certificates at hand allow.
 *
 * <p>The search goes up one level at a time. If two paths end in the same certificate and one of them is at least as
 * good in every respect, the search drops the other. The number of chains can be exponential, but the effort does not
 * grow with it. The effort grows with the number of certificates and, up to a limit, with the number of issuers of each
 * certificate.
 */
final class PathSearch {
    /** The maximum number of issuers of one certificate that are considered. Real CAs have a few certificates. */
    static final int MOST_ISSUERS = 200;

    private final Function<X500Principal, List<X509Certificate>> bySubject;
    private final Issuance issuance;
    private final Instant now;
    private final Map<X509Certificate, List<Issuer>> issuers = new HashMap<>();
    /** For each certificate, the paths to it that are worth extending. */
    private final Map<X509Certificate, List<Path>> kept = new HashMap<>();

    /**
     * Creates a search. Use it for one certificate.
     *
     * @param bySubject returns the certificates at hand that have the given subject
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

    /**
     * A subject, its key and its key identifier. Cross-certificates and renewed certificates of one CA are the same
     * entity. A certificate with another key identifier is another entity: a path may need both, because each issues only
     * certificates that name its identifier.
     */
    private record Entity(X500Principal subject, ByteBuffer key, Optional<ByteBuffer> id) {
        static Entity of(X509Certificate certificate, KeyIds ids) {
            return new Entity(certificate.getSubjectX500Principal(), ids.key(), ids.ownId());
        }
    }

    /**
     * A certificate that issued another one.
     *
     * @param hasOtherId whether its own key identifier differs from the one that the other certificate has for its
     *     issuer's key
     */
    private record Issuer(X509Certificate certificate, Entity entity, boolean hasOtherId) {}

    /**
     * The merits of a path, the most important first. A path has a merit only if all its certificates have the merit.
     *
     * @param isValid whether all certificates are valid now
     * @param isUsable whether each issuer may issue certificates at its place in the path
     * @param hasMatchingIds whether no certificate has an identifier for its issuer's key that differs from the
     *     issuer's own; this counts least, because some verifiers ignore key identifiers
     */
    private record Merits(boolean isValid, boolean isUsable, boolean hasMatchingIds) {
        /** Returns whether a path with these merits has each merit that the other path has. */
        boolean include(Merits other) {
            return (isValid || !other.isValid)
                    && (isUsable || !other.isUsable)
                    && (hasMatchingIds || !other.hasMatchingIds);
        }

        boolean hasAll() {
            return isValid && isUsable && hasMatchingIds;
        }
    }

    /**
     * A certificate and the path below it.
     *
     * @param last the certificate, which is the last one of the path
     * @param entity the owner of the certificate
     * @param below the path from the leaf to the certificate below; null for the leaf
     * @param length the number of certificates
     * @param intermediates the number of intermediates that count for a path length constraint (RFC 5280 §4.2.1.9)
     */
    private record Path(
            X509Certificate last, Entity entity, @Nullable Path below, int length, int intermediates, Merits merits) {

        boolean contains(Entity other) {
            for (Path path = this; path != null; path = path.below) {
                if (path.entity.equals(other)) {
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

        /** Returns whether this path is at least as good in every respect as the other path to the same certificate. */
        boolean dominates(Path other) {
            return merits.include(other.merits) && intermediates <= other.intermediates && length <= other.length;
        }
    }

    /** A path that cannot be extended, and why. */
    private record Chain(Path path, End end) {
        boolean isPerfect() {
            return end == End.ROOT && path.merits.hasAll();
        }
    }

    /**
     * Returns the best chain, leaf first. Does not depend on the order of the certificates at hand.
     *
     * @param given the first certificates of the chain, leaf first, at least one
     */
    List<X509Certificate> best(List<X509Certificate> given) {
        X509Certificate leaf = given.get(0);
        Path start = new Path(leaf, entity(leaf), null, 1, 0, new Merits(Validity.includes(leaf, now), true, true));
        for (X509Certificate issuer : given.subList(1, given.size())) {
            start = with(start, issuer(issuer, start.last));
        }
        return best(start);
    }

    private List<X509Certificate> best(Path start) {
        List<Path> level = List.of(start);
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
        // of equal chains, the first one has the better issuers, from the leaf up
        return ended.stream()
                .min(Comparator.comparing((Chain chain) -> !chain.path.merits.isValid)
                        .thenComparing(Chain::end)
                        .thenComparing(chain -> !chain.path.merits.isUsable)
                        .thenComparing(chain -> !chain.path.merits.hasMatchingIds))
                .map(Chain::path)
                .orElseGet(() -> followBestIssuers(start))
                .leafFirst();
    }

    /**
     * Returns the path that takes the best issuer at each step. Call this method if no path ended. This happens if CAs
     * certify each other in a circle, and each path was dropped because of another path to the same certificate.
     */
    private Path followBestIssuers(Path start) {
        Path path = start;
        List<Path> longer = extended(path);
        while (!longer.isEmpty()) {
            path = longer.get(0);
            longer = extended(path);
        }
        return path;
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

    /** Returns the paths that are one issuer longer, best issuer first; empty if the path has come to an end. */
    private List<Path> extended(Path path) {
        return isRoot(path.last) || path.length >= CertificatePool.LONGEST_CHAIN
                ? List.of()
                : issuers(path.last).stream()
                        .filter(issuer -> !path.contains(issuer.entity))
                        .map(issuer -> with(path, issuer))
                        .toList();
    }

    private Path with(Path path, Issuer issuer) {
        X509Certificate certificate = issuer.certificate;
        int more = Issuance.namesIssuer(certificate, certificate) ? 0 : 1;
        return new Path(
                certificate,
                issuer.entity,
                path,
                path.length + 1,
                path.intermediates + more,
                new Merits(
                        path.merits.isValid && Validity.includes(certificate, now),
                        path.merits.isUsable && CaConstraints.allow(certificate, path.intermediates),
                        path.merits.hasMatchingIds && !issuer.hasOtherId));
    }

    /**
     * Returns the certificates at hand that issued a certificate, best first. Their number and the number of keys that
     * are tried are limited.
     */
    private List<Issuer> issuers(X509Certificate certificate) {
        return issuers.computeIfAbsent(certificate, this::findIssuers);
    }

    private List<Issuer> findIssuers(X509Certificate certificate) {
        List<X509Certificate> named = bySubject.apply(certificate.getIssuerX500Principal()).stream()
                .sorted(Comparator.comparing((X509Certificate issuer) -> match(issuer, certificate))
                        .thenComparing(Validity.validThenNewest(now))
                        .thenComparing(X509Certificate::getSignature, Arrays::compare))
                .toList();
        Set<ByteBuffer> keys = named.stream()
                .map(issuer -> issuance.ids(issuer).key())
                .distinct()
                .limit(Issuance.MOST_CANDIDATES)
                .collect(Collectors.toUnmodifiableSet());
        return named.stream()
                .filter(issuer -> keys.contains(issuance.ids(issuer).key()) && issuance.hasIssued(issuer, certificate))
                .map(issuer -> issuer(issuer, certificate))
                .limit(MOST_ISSUERS)
                .toList();
    }

    private Issuer issuer(X509Certificate issuer, X509Certificate certificate) {
        return new Issuer(issuer, entity(issuer), match(issuer, certificate) == KeyIds.Match.OTHER_KEY);
    }

    private Entity entity(X509Certificate certificate) {
        return Entity.of(certificate, issuance.ids(certificate));
    }

    private KeyIds.Match match(X509Certificate issuer, X509Certificate certificate) {
        return KeyIds.match(issuance.ids(issuer), issuance.ids(certificate));
    }

    /** Returns the paths that are worth extending, in the same order, at most a few for each certificate. */
    private List<Path> keepBest(List<Path> paths) {
        Set<Path> best = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Path path : paths.stream().sorted(bestMeritsFirst()).toList()) {
            List<Path> keptPaths = kept.computeIfAbsent(path.last, certificate -> new ArrayList<>());
            if (keptPaths.stream().noneMatch(other -> other.dominates(path))) {
                keptPaths.add(path);
                best.add(path);
            }
        }
        return paths.stream().filter(best::contains).toList();
    }

    private static Comparator<Path> bestMeritsFirst() {
        return Comparator.comparing((Path path) -> !path.merits.isValid)
                .thenComparing(path -> !path.merits.isUsable)
                .thenComparing(path -> !path.merits.hasMatchingIds);
    }
}
