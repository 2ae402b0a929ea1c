package io.github.kmsjca.internal.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;

/** The time in which a certificate is valid (RFC 5280 §4.1.2.5). */
final class Validity {
    private Validity() {}

    /** Returns whether a certificate is valid at a time. It is valid at both ends of its validity. */
    static boolean includes(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Returns an order: certificates that are valid now come first, and newer certificates come before older ones. */
    static Comparator<X509Certificate> validThenNewest(Instant now) {
        return Comparator.comparing((X509Certificate certificate) -> !includes(certificate, now))
                .thenComparing(newest());
    }

    /** Returns an order: newer certificates come before older ones. */
    static Comparator<X509Certificate> newest() {
        return Comparator.comparing(X509Certificate::getNotBefore, Comparator.reverseOrder())
                .thenComparing(X509Certificate::getNotAfter, Comparator.reverseOrder());
    }
}
