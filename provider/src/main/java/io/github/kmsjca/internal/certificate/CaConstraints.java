package io.github.kmsjca.internal.certificate;

import java.security.cert.X509Certificate;

/** The constraints in a certificate on the certificates that its key may issue. */
final class CaConstraints {
    /** The first X.509 version with extensions. */
    private static final int WITH_EXTENSIONS = 3;

    private CaConstraints() {}

    /**
     * Returns whether a certificate allows its key to issue certificates (RFC 5280 §6.1.4 k to n). A certificate of an
     * older version than 3 has no constraints. It must be self-issued, because verifiers accept it only as a root.
     *
     * @param intermediates the number of intermediates below the issuer, without those that are self-issued, because
     *     these do not count for the path length constraint of the issuer
     */
    static boolean allow(X509Certificate issuer, int intermediates) {
        if (issuer.getVersion() < WITH_EXTENSIONS) {
            return Issuance.namesIssuer(issuer, issuer);
        }
        boolean[] usage = issuer.getKeyUsage();
        return isCa(issuer)
                && issuer.getBasicConstraints() >= intermediates
                && (usage == null || usage[CertificateUsage.Bit.KEY_CERT_SIGN]);
    }

    /** Returns whether a certificate says that it belongs to a CA (RFC 5280 §4.2.1.9). */
    static boolean isCa(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }
}
