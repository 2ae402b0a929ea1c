package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which certificate issued which. Names and key identifiers are compared before a signature is verified, and
 * each signature is verified only once. The number of verifications in one search is limited, because certificates can
 * be crafted to waste time. Thread-safe.
 */
final class Issuance {
    /**
     * The budget of one search. A signature costs 1, or more if the key is long. The budget covers several hundred
     * RSA-2048 signatures, or about fifteen RSA-16384 or ML-DSA-87 signatures.
     */
    private static final int BUDGET = 1000;

    /** The maximum length in bytes of a public key whose signatures cost 1. */
    private static final int SHORT_KEY = 256;

    private final Map<Pair, Boolean> known = new ConcurrentHashMap<>();

    private record Pair(X509Certificate issuer, X509Certificate certificate) {}

    /** How likely it is that a certificate issued another one, judged by the key identifiers. Best match first. */
    enum Likeness {
        /** The key identifiers are the same (RFC 5280 §4.2.1.1). */
        SAME_KEY,
        /** At least one of the two certificates has no key identifier. */
        UNKNOWN,
        /** The key identifiers differ. */
        OTHER_KEY
    }

    /** Returns a new search with the full budget. */
    Search search() {
        return new Search();
    }

    /** One search for a chain. For one thread. */
    final class Search {
        private int left = BUDGET;

        /** Returns whether a certificate issued another one. Returns false once the budget is spent. */
        boolean hasIssued(X509Certificate issuer, X509Certificate certificate) {
            if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                return false;
            }
            Pair pair = new Pair(issuer, certificate);
            Boolean before = known.get(pair);
            if (before != null) {
                return before;
            }
            left -= cost(issuer);
            if (left < 0) {
                return false;
            }
            boolean issued = verifies(issuer, certificate);
            known.put(pair, issued);
            return issued;
        }
    }

    private static int cost(X509Certificate issuer) {
        int length = issuer.getPublicKey().getEncoded().length / SHORT_KEY;
        return 1 + length * length;
    }

    /**
     * Returns whether the issuer's key verifies the signature of the certificate. If this Java version does not support
     * the algorithm, the key identifiers decide. Without key identifiers, the names decide, which the caller has
     * compared.
     */
    static boolean verifies(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException newerThanThisRuntime) {
            return likeness(issuer, certificate) != Likeness.OTHER_KEY;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    /** Compares key identifiers. */
    static Likeness likeness(X509Certificate issuer, X509Certificate certificate) {
        try {
            byte[] subject = octets(issuer, Extension.subjectKeyIdentifier.getId());
            byte[] authority = octets(certificate, Extension.authorityKeyIdentifier.getId());
            byte[] wanted = authority == null
                    ? null
                    : AuthorityKeyIdentifier.getInstance(authority).getKeyIdentifierOctets();
            if (subject == null || wanted == null) {
                return Likeness.UNKNOWN;
            }
            return Arrays.equals(SubjectKeyIdentifier.getInstance(subject).getKeyIdentifier(), wanted)
                    ? Likeness.SAME_KEY
                    : Likeness.OTHER_KEY;
        } catch (IllegalArgumentException damagedExtension) {
            return Likeness.UNKNOWN;
        }
    }

    private static byte @Nullable [] octets(X509Certificate certificate, String extension) {
        byte[] value = certificate.getExtensionValue(extension);
        if (value == null) {
            return null;
        }
        byte[] octets = ASN1OctetString.getInstance(value).getOctets();
        DerBounds.requireFlat(octets);
        return octets;
    }
}
