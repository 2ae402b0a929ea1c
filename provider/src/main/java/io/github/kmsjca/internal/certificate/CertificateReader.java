package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.handle.DerBounds;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates that come from anywhere, within {@link DerBounds}. For one thread. */
final class CertificateReader {
    private static final int SEQUENCE = 0x30;

    /** The reader's own: not every provider's factory can be shared between threads. */
    private final CertificateFactory factory;

    CertificateReader() {
        try {
            this.factory = CertificateFactory.getInstance("X.509");
        } catch (CertificateException missing) {
            throw new ProviderBug("this Java runtime has no CertificateFactory X.509", missing);
        }
    }

    /**
     * Returns the one certificate that an encoding holds.
     *
     * @throws CertificateException if it holds anything else, or a certificate beyond the limits
     */
    X509Certificate one(byte[] encoded) throws CertificateException {
        // anything else would be taken for PEM once more by the factory of the JDK
        if (encoded.length == 0 || encoded[0] != SEQUENCE) {
            throw new CertificateException("no DER sequence");
        }
        requireFlat(encoded);
        ByteArrayInputStream in = new ByteArrayInputStream(encoded);
        Certificate certificate = factory.generateCertificate(in);
        if (in.available() > 0 || !(certificate instanceof X509Certificate x509)) {
            throw new CertificateException("bytes after its end");
        }
        return requireFast(x509);
    }

    /**
     * Returns all certificates that an encoding holds, one after the other or in PKCS #7.
     *
     * @throws CertificateException if it holds anything else, or a certificate beyond the limits
     */
    List<X509Certificate> all(byte[] encoded) throws CertificateException {
        requireFlat(encoded);
        List<X509Certificate> certificates = factory.generateCertificates(new ByteArrayInputStream(encoded)).stream()
                .map(X509Certificate.class::cast)
                .toList();
        for (X509Certificate certificate : certificates) {
            requireFast(certificate);
        }
        return certificates;
    }

    private static void requireFlat(byte[] encoded) throws CertificateException {
        try {
            DerBounds.requireFlat(encoded);
        } catch (IllegalArgumentException deep) {
            throw new CertificateException(deep.getMessage(), deep);
        }
    }

    /** Returns a certificate whose key is within the limits. */
    static X509Certificate requireFast(X509Certificate certificate) throws CertificateException {
        try {
            DerBounds.requireFast(certificate.getPublicKey());
            return certificate;
        } catch (IllegalArgumentException slow) {
            throw new CertificateException(slow.getMessage(), slow);
        }
    }
}
