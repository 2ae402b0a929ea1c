package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import io.github.kmsjca.internal.handle.JdkEngines;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads certificates from untrusted sources, within the limits of {@link DerBounds}. Not thread-safe. */
final class CertificateReader {
    private static final int SEQUENCE = 0x30;

    /** A factory for this reader alone, because some providers' factories are not thread-safe. */
    private final CertificateFactory factory = JdkEngines.certificates();

    /**
     * Returns the only certificate in an encoding.
     *
     * @throws CertificateException if the encoding has other content, or the certificate exceeds the limits
     */
    X509Certificate readOne(byte[] encoded) throws CertificateException {
        // the JDK factory would read anything else as PEM
        if (encoded.length == 0 || encoded[0] != SEQUENCE) {
            throw new CertificateException("not a DER sequence");
        }
        requireShallow(encoded);
        ByteArrayInputStream in = new ByteArrayInputStream(encoded);
        Certificate certificate = factory.generateCertificate(in);
        if (in.available() > 0 || !(certificate instanceof X509Certificate x509)) {
            throw new CertificateException(
                    "the encoding must contain exactly one X.509 certificate and nothing after it");
        }
        return requireBounded(x509);
    }

    /**
     * Returns all certificates in an encoding, one after the other.
     *
     * @throws CertificateException if the encoding has other content, or a certificate exceeds the limits
     */
    List<X509Certificate> readAll(byte[] encoded) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (int at = 0; at < encoded.length; ) {
            int end = DerBounds.endOfValue(encoded, at);
            certificates.add(readOne(Arrays.copyOfRange(encoded, at, end)));
            at = end;
        }
        return certificates;
    }

    private static void requireShallow(byte[] encoded) throws CertificateException {
        try {
            DerBounds.requireShallow(encoded);
        } catch (IllegalArgumentException deep) {
            throw new CertificateException(deep.getMessage(), deep);
        }
    }

    /** Returns the certificate if its depth and its key are within the limits. */
    private static X509Certificate requireBounded(X509Certificate certificate) throws CertificateException {
        try {
            DerBounds.requireShallow(certificate.getEncoded());
            DerBounds.requireShortExponent(certificate.getPublicKey());
            return certificate;
        } catch (IllegalArgumentException exceeded) {
            throw new CertificateException(exceeded.getMessage(), exceeded);
        }
    }
}
