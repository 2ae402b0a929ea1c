package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.LogTopic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides which certificate issued which: the names must match, and the issuer's key must verify the signature. If this
 * Java version does not support the algorithm, the key identifiers decide instead. {@link #hasIssued} verifies each
 * signature only once with each key, and limits the total cost of the verifications for one pool, because certificates
 * can be crafted to waste time. Certificates from outside the pool have a limit of their own, see {@link #with}.
 * Thread-safe.
 */
final class Issuance {
    /**
     * The maximum cost of all verifications for a pool of at most {@link CertificatePool#LONGEST_CHAIN} certificates.
     * One unit is about 0.1 ms.
     */
    private static final int BASE_COST = 150;

    /** The amount by which each further certificate in the pool raises the maximum cost. */
    private static final int COST_PER_CERTIFICATE = 10;

    /**
     * The maximum cost of one search with certificates from outside the pool: enough to try {@link #MOST_CANDIDATES}
     * RSA keys of 4,096 bits. A file can have many entries, each with a search of its own.
     */
    private static final int COST_OF_SEARCH = 100;

    /** The maximum number of keys with the same name that are tried as the issuer of one certificate. */
    static final int MOST_CANDIDATES = 20;

    /**
     * The number of multiplications in an RSA verification with the exponent 65537: 17 squarings and 2 others. For
     * RSA-2048, their cost is 1.
     */
    private static final int USUAL_STEPS = 19;

    /** The modulus length of RSA-2048, in bits. */
    private static final int USUAL_BITS = 2048;

    /** The number of multiplications in a DSA verification: two exponents of 256 bits, with 1.5 for each bit. */
    private static final int DSA_STEPS = 768;

    /** An ECDSA verification costs n²/3, where n is the bit length of the curve's order divided by this number. */
    private static final int CURVE_UNIT_BITS = 128;

    /** The cost of a verification with any other type of key. */
    private static final int OTHER_KEY_COST = 3;

    /** Hashing this many bytes costs 1. */
    private static final int HASHED_BYTES_UNIT = 16 * 1024;

    /**
     * The maximum number of certificates whose extensions are remembered. Callers can ask for the chains of any
     * certificates, so without this limit, they could fill memory.
     */
    private static final int MOST_IDS = 20_000;

    /** The instance for the certificates of the pool; null if this is that instance. */
    private final @Nullable Issuance pool;

    private final Set<X509Certificate> certificatesOfPool;
    // the maximum cost also limits the size, because a pair without verification is not stored
    private final Map<Pair, Verdict> known = new ConcurrentHashMap<>();
    private final Map<X509Certificate, KeyIds> ids;
    private final AtomicLong costLeft;
    private final AtomicBoolean isReported;
    private final Logger logger;
    private final int mostIds;

    /** Creates an instance for a pool of this many certificates. */
    Issuance(int certificates) {
        this(certificates, LogTopic.CERTIFICATES.logger());
    }

    Issuance(int certificates, Logger logger) {
        this(certificates, logger, MOST_IDS);
    }

    /** Creates an instance that remembers the extensions of at most this many certificates. */
    Issuance(int certificates, Logger logger, int mostIds) {
        this.pool = null;
        this.certificatesOfPool = Set.of();
        this.ids = new ConcurrentHashMap<>();
        this.isReported = new AtomicBoolean();
        this.logger = logger;
        this.mostIds = mostIds;
        this.costLeft = new AtomicLong(
                BASE_COST + COST_PER_CERTIFICATE * Math.max(0, certificates - CertificatePool.LONGEST_CHAIN));
    }

    private Issuance(Issuance pool, Set<X509Certificate> certificatesOfPool) {
        this.pool = pool;
        this.certificatesOfPool = certificatesOfPool;
        this.ids = pool.ids;
        this.isReported = pool.isReported;
        this.logger = pool.logger;
        this.mostIds = pool.mostIds;
        this.costLeft = new AtomicLong(COST_OF_SEARCH);
    }

    /**
     * Returns an instance for one search with certificates from outside the pool. Their verifications have a maximum
     * cost of their own: otherwise, the certificates of earlier searches would use up the cost of the pool, and later
     * chains would lack issuers.
     *
     * @param certificatesOfPool the certificates for which this instance is
     */
    Issuance with(Set<X509Certificate> certificatesOfPool) {
        return new Issuance(this, certificatesOfPool);
    }

    /**
     * A certificate, and the key of a possible issuer. All cross-certificates of a CA have the same key, so one
     * verification counts for all of them.
     */
    private record Pair(ByteBuffer issuer, X509Certificate certificate) {}

    /** The result of verifying a signature. */
    private enum Verdict {
        VALID,
        INVALID,
        /** This Java version does not support the algorithm. */
        UNKNOWN
    }

    /** Returns whether {@code certificate} names {@code issuer} as its issuer. */
    static boolean namesIssuer(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /**
     * Returns whether {@code issuer} issued {@code certificate}. Returns false without verification if the verification
     * would exceed the maximum cost.
     */
    boolean hasIssued(X509Certificate issuer, X509Certificate certificate) {
        if (!namesIssuer(issuer, certificate)) {
            return false;
        }
        Issuance ofPool = pool;
        if (ofPool != null && certificatesOfPool.contains(issuer) && certificatesOfPool.contains(certificate)) {
            return ofPool.hasIssued(issuer, certificate);
        }
        Pair pair = new Pair(ids(issuer).key(), certificate);
        // other threads wait until one thread has verified the pair, so its cost counts once; a pair that would cost
        // too much gets no verdict, and the map does not store it
        Verdict verdict = known.computeIfAbsent(
                pair, missing -> isAffordable(issuer, certificate) ? verify(issuer.getPublicKey(), certificate) : null);
        return verdict != null && isAccepted(verdict, issuer, certificate);
    }

    private boolean isAffordable(X509Certificate issuer, X509Certificate certificate) {
        if (costLeft.get() > 0 && costLeft.addAndGet(-cost(issuer, certificate)) >= 0) {
            return true;
        }
        if (!isReported.getAndSet(true)) {
            logger.log(
                    Level.WARNING,
                    "the certificates take too long to verify, so chains may lack issuers; from the keystore file, the"
                            + " files with certificates and the tags of keys, remove certificates that no chain needs");
        }
        return false;
    }

    private static long cost(X509Certificate issuer, X509Certificate certificate) {
        return 1 + cost(issuer.getPublicKey()) + encodedLength(certificate) / HASHED_BYTES_UNIT;
    }

    private static long cost(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            return cost(rsa.getModulus(), exponent.bitLength() + exponent.bitCount());
        }
        if (key instanceof ECKey ec) {
            long units = ec.getParams().getOrder().bitLength() / CURVE_UNIT_BITS;
            return units * units / 3;
        }
        return key instanceof DSAKey dsa && dsa.getParams() != null
                ? cost(dsa.getParams().getP(), DSA_STEPS)
                : OTHER_KEY_COST;
    }

    private static long cost(BigInteger modulus, int steps) {
        long bits = modulus.bitLength();
        return bits * bits * steps / USUAL_STEPS / USUAL_BITS / USUAL_BITS;
    }

    private static int encodedLength(X509Certificate certificate) {
        try {
            return certificate.getEncoded().length;
        } catch (CertificateEncodingException unreadable) {
            return 0;
        }
    }

    /**
     * Returns whether the issuer's key verifies the signature of the certificate. The cost is not limited. If this Java
     * version does not support the algorithm, the key identifiers decide. Without key identifiers, the result is true,
     * so the caller must compare the names first.
     */
    static boolean verifies(X509Certificate issuer, X509Certificate certificate) {
        return isAccepted(verify(issuer.getPublicKey(), certificate), issuer, certificate);
    }

    private static boolean isAccepted(Verdict verdict, X509Certificate issuer, X509Certificate certificate) {
        return switch (verdict) {
            case VALID -> true;
            case INVALID -> false;
            case UNKNOWN -> KeyIds.match(KeyIds.of(issuer), KeyIds.of(certificate)) != KeyIds.Match.OTHER_KEY;
        };
    }

    private static Verdict verify(PublicKey issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer);
            return Verdict.VALID;
        } catch (NoSuchAlgorithmException newerThanThisRuntime) {
            return Verdict.UNKNOWN;
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException other) {
            return Verdict.INVALID;
        }
    }

    /**
     * Returns what a certificate says about keys. Remembers the result for up to {@link #MOST_IDS} certificates. Then
     * it forgets all results and begins again.
     */
    KeyIds ids(X509Certificate certificate) {
        if (ids.size() >= mostIds) {
            ids.clear();
        }
        return ids.computeIfAbsent(certificate, KeyIds::of);
    }
}
