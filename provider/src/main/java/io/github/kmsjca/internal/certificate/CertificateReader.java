package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import io.github.kmsjca.internal.handle.ExceededBoundException;
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
     * @throws ExceededLimitException if the certificate exceeds the limits
     * @throws CertificateException if the encoding is not exactly one X.509 certificate
     */
    X509Certificate readOne(byte[] encoded) throws CertificateException {
        // the JDK factory reads content that begins with another byte as PEM
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
     * @throws ExceededLimitException if a certificate exceeds the limits
     * @throws CertificateException if the encoding contains anything else
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

    /**
     * Checks an encoding, like {@link DerBounds#requireShallow}.
     *
     * @throws ExceededLimitException if it is nested too deeply
     * @throws CertificateException if it has a tag that no certificate has
     */
    static void requireShallow(byte[] encoded) throws CertificateException {
        try {
            DerBounds.requireShallow(encoded);
        } catch (ExceededBoundException deep) {
            throw new ExceededLimitException(deep);
        } catch (IllegalArgumentException otherTag) {
            throw new CertificateException(otherTag.getMessage(), otherTag);
        }
    }

    /** Returns the certificate if its depth and its RSA exponent are within the limits. */
    private static X509Certificate requireBounded(X509Certificate certificate) throws CertificateException {
        requireShallow(certificate.getEncoded());
        try {
            DerBounds.requireShortExponent(certificate.getPublicKey());
        } catch (ExceededBoundException longExponent) {
            throw new ExceededLimitException(longExponent);
        }
        return certificate;
    }
}
