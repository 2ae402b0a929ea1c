package io.github.kmsjca.internal.certificate;

import java.io.IOException;
import java.security.cert.CertificateException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SignedData;

/** Reads the certificates of PKCS #7 and CMS files (RFC 2315 §9, RFC 5652 §5). Does not verify signatures in them. */
final class Pkcs7File {
    private Pkcs7File() {}

    /** Returns whether content begins like PKCS #7, with an object identifier (RFC 2315 §7). */
    static boolean matches(byte[] content) {
        return DerFile.firstTag(content) == DerFile.OBJECT_IDENTIFIER;
    }

    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            readAll(content, found);
        } catch (IOException | CertificateException | IllegalArgumentException damaged) {
            throw found.failure(
                    " is damaged PKCS #7 (" + Contents.firstLine(damaged) + "); write the certificates as PEM",
                    damaged);
        }
    }

    /**
     * Reads all certificates.
     *
     * @throws IllegalArgumentException if the content is not a PKCS #7 structure with certificates
     */
    static void readAll(byte[] content, Contents found) throws IOException, CertificateException {
        DerFile.parsed(() -> read(DerFile.sequence(content), found));
    }

    private static Contents read(ASN1Sequence content, Contents found) throws IOException, CertificateException {
        ContentInfo info = ContentInfo.getInstance(content);
        ASN1ObjectIdentifier type = info.getContentType();
        if (!type.equals(PKCSObjectIdentifiers.signedData) || info.getContent() == null) {
            throw new IllegalArgumentException("it contains no certificates; its content type is " + type);
        }
        ASN1Set certificates = SignedData.getInstance(info.getContent()).getCertificates();
        if (certificates == null) {
            found.note(": skipped PKCS #7 without certificates");
            return found;
        }
        for (ASN1Encodable certificate : certificates) {
            if (certificate instanceof ASN1Sequence) {
                found.add(certificate.toASN1Primitive().getEncoded());
            } else {
                found.note(": skipped an attribute certificate in PKCS #7");
            }
        }
        return found;
    }
}
