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

    /**
     * Reads the certificates of a file.
     *
     * @throws FileFormatException if the file is damaged, is not signed data, or exceeds a limit
     */
    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            readAll(content, found);
        } catch (FileFormatException refused) {
            throw refused;
        } catch (IOException | CertificateException | IllegalArgumentException damaged) {
            throw found.damaged("PKCS #7 that cannot be read", damaged);
        }
    }

    /**
     * Reads the certificates of a structure, which may be a part of a text in PEM.
     *
     * @throws FileFormatException if there are too many certificates
     * @throws CertificateException if a certificate is damaged or exceeds a limit
     * @throws IllegalArgumentException if the content is damaged, or is not signed data
     */
    static void readAll(byte[] content, Contents found) throws IOException, CertificateException {
        DerFile.parsed(() -> read(DerFile.sequence(content), found));
    }

    /** Returns {@code found}, because {@link DerFile#parsed} needs a result. */
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
