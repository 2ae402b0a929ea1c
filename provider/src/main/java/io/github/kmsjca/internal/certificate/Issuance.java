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
 * Which certificate has issued which. Names and key identifiers are looked at before any signature is verified, each
 * signature is verified once, and one search may verify only so many: certificates may be made to cost time. Thread-safe.
 */
final class Issuance {
    /**
     * What one search may spend. A signature costs 1, and more the longer the key: several hundred of RSA-2048, some
     * fifteen of RSA-16384 or ML-DSA-87.
     */
    private static final int BUDGET = 1000;

    /** The length of a public key, in bytes, up to which a signature counts as one. */
    private static final int SHORT_KEY = 256;

    private final Map<Pair, Boolean> known = new ConcurrentHashMap<>();

    private record Pair(X509Certificate issuer, X509Certificate certificate) {}

    /** How well a certificate fits as the issuer of another, by what both say of themselves; the best first. */
    enum Likeness {
        /** The key identifiers are the same (RFC 5280 §4.2.1.1). */
        SAME_KEY,
        /** One of the two has no key identifier. */
        UNKNOWN,
        /** The key identifiers differ. */
        OTHER_KEY
    }

    /** Returns a search with a budget of its own. */
    Search search() {
        return new Search();
    }

    /** One search for a chain. For one thread. */
    final class Search {
        private int left = BUDGET;

        /** Returns whether a certificate is seen to have issued another; false once the budget is spent. */
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
     * Returns whether a certificate's signature fits the key of another. Where this Java cannot verify the algorithm, the
     * key identifiers decide, and without them the names, which the caller has compared.
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
