package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * What a certificate says about keys: the encoding of its own key, and the identifiers of its own key and of its
 * issuer's key (RFC 5280 §4.2.1.1 and §4.2.1.2).
 *
 * @param key the encoding of the certificate's own key
 * @param ownId the identifier of the certificate's own key; empty if the extension is missing or damaged
 * @param issuerId the identifier of the issuer's key; empty if the extension is missing or damaged
 */
record KeyIds(ByteBuffer key, Optional<ByteBuffer> ownId, Optional<ByteBuffer> issuerId) {

    /**
     * The result of comparing two identifiers: the one that an issuer's certificate has for its own key, and the one
     * that another certificate has for its issuer's key. Best match first.
     */
    enum Match {
        /** The identifiers are the same (RFC 5280 §4.2.1.1). */
        SAME_KEY,
        /** At least one of the two identifiers is missing. */
        UNKNOWN,
        /** The identifiers differ. */
        OTHER_KEY
    }

    static KeyIds of(X509Certificate certificate) {
        return new KeyIds(PublicKeys.encoded(certificate), ownId(certificate), issuerId(certificate));
    }

    /** Compares an issuer with a certificate. */
    static Match match(KeyIds issuer, KeyIds certificate) {
        if (issuer.ownId.isEmpty() || certificate.issuerId.isEmpty()) {
            return Match.UNKNOWN;
        }
        return issuer.ownId.equals(certificate.issuerId) ? Match.SAME_KEY : Match.OTHER_KEY;
    }

    private static Optional<ByteBuffer> ownId(X509Certificate certificate) {
        try {
            return DerFile.parsed(() -> octets(certificate, Extension.subjectKeyIdentifier.getId())
                    .map(octets -> SubjectKeyIdentifier.getInstance(octets).getKeyIdentifier())
                    .map(ByteBuffer::wrap));
        } catch (IOException | CertificateException | IllegalArgumentException damagedExtension) {
            return Optional.empty();
        }
    }

    private static Optional<ByteBuffer> issuerId(X509Certificate certificate) {
        try {
            return DerFile.parsed(() -> octets(certificate, Extension.authorityKeyIdentifier.getId())
                    .flatMap(KeyIds::keyIdentifier)
                    .map(ByteBuffer::wrap));
        } catch (IOException | CertificateException | IllegalArgumentException damagedExtension) {
            return Optional.empty();
        }
    }

    /**
     * Returns the member {@code keyIdentifier}; empty if it is missing. Reads the sequence, because the newest Bouncy
     * Castle deprecates the method that the oldest supported version has for this member.
     */
    private static Optional<byte[]> keyIdentifier(byte[] authorityKeyIdentifier) {
        for (ASN1Encodable member : ASN1Sequence.getInstance(authorityKeyIdentifier)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(member);
            if (tagged.getTagNo() == 0) {
                return Optional.of(ASN1OctetString.getInstance(tagged, false).getOctets());
            }
        }
        return Optional.empty();
    }

    /** Returns the value of an extension; empty if the certificate does not have the extension. */
    private static Optional<byte[]> octets(X509Certificate certificate, String extension) {
        Optional<byte[]> octets = Optional.ofNullable(certificate.getExtensionValue(extension))
                .map(value -> ASN1OctetString.getInstance(value).getOctets());
        octets.ifPresent(DerBounds::requireShallow);
        return octets;
    }
}
