package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.jspecify.annotations.Nullable;

/**
 * Reads the certificates of a PKCS #12 file (RFC 7292) that need no password.
 *
 * <p>The JDK's KeyStore returns a certificate only if it has an attribute of the JDK, or belongs to a key of the file.
 * By default, OpenSSL does not write this attribute. So this class reads the structure itself.
 */
final class Pkcs12File {
    private static final byte VERSION = 3;

    /**
     * The maximum number of encrypted parts that are decrypted. Tools write one. Each takes some milliseconds, so many
     * parts would keep a program busy.
     */
    private static final int MOST_ENCRYPTED = 2;

    private final Contents found;
    private int encryptedParts;

    private Pkcs12File(Contents found) {
        this.found = found;
    }

    /** Returns whether content begins like PKCS #12, with its version (RFC 7292 §4). */
    static boolean matches(byte[] content) {
        int begin = DerBounds.contentOffset(content);
        return DerFile.firstTag(content) == DerFile.INTEGER
                && begin + 2 < content.length
                && content[begin + 1] == 1
                && content[begin + 2] == VERSION;
    }

    /**
     * Reads the certificates of a file or of a PEM block.
     *
     * @throws FileFormatException if the content is damaged, exceeds a limit, or contains a private key
     */
    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            DerFile.parsed(() -> new Pkcs12File(found).read(content));
        } catch (FileFormatException refused) {
            throw refused;
        } catch (IOException | CertificateException | IllegalArgumentException damaged) {
            throw found.damaged("damaged PKCS #12", damaged);
        }
    }

    /** Returns {@link #found}, because {@link DerFile#parsed} needs a result. */
    private Contents read(byte[] content) throws IOException, CertificateException {
        ContentInfo safe =
                DerFile.required(Pfx.getInstance(DerFile.sequence(content)).getAuthSafe());
        if (!safe.getContentType().equals(PKCSObjectIdentifiers.data)) {
            throw found.failure(
                    " is PKCS #12 that is protected by a signature, which is not supported; write the certificates as"
                            + " PEM",
                    null);
        }
        for (ASN1Encodable part : DerFile.sequence(octets(safe.getContent()))) {
            read(ContentInfo.getInstance(part));
        }
        return found;
    }

    private void read(ContentInfo part) throws IOException, CertificateException {
        ASN1ObjectIdentifier type = part.getContentType();
        if (type.equals(PKCSObjectIdentifiers.data)) {
            readBags(DerFile.sequence(octets(part.getContent())));
        } else if (!type.equals(PKCSObjectIdentifiers.encryptedData)) {
            found.noteUnread("has a part of the type " + ForeignText.of(type) + ", which is not supported");
        } else if (encryptedParts == MOST_ENCRYPTED) {
            found.noteUnread("has more than " + MOST_ENCRYPTED + " encrypted parts");
        } else {
            encryptedParts++;
            Optional<byte[]> decrypted = decrypted(part);
            if (decrypted.isPresent() && isShallow(decrypted.get())) {
                readBags(DerFile.sequence(decrypted.get()));
            }
        }
    }

    /** Returns whether the content of an encrypted part is within the limit of its depth. If not, adds a note. */
    private boolean isShallow(byte[] decrypted) throws CertificateException {
        try {
            CertificateReader.requireShallow(decrypted);
            return true;
        } catch (ExceededLimitException exceeded) {
            found.noteUnread("has an encrypted part that is refused (" + exceeded.getMessage() + ")");
            return false;
        }
    }

    /** Returns the content of an encrypted part; empty, with a note, if it cannot be decrypted. */
    private Optional<byte[]> decrypted(ContentInfo part) {
        EncryptedData encrypted = DerFile.required(EncryptedData.getInstance(part.getContent()));
        try {
            Optional<byte[]> decrypted = EmptyPassword.decrypt(encrypted);
            if (decrypted.isEmpty()) {
                found.noteUnread("is protected by a password");
            }
            return decrypted;
        } catch (ExceededLimitException exceeded) {
            found.noteUnread(String.valueOf(exceeded.getMessage()));
            return Optional.empty();
        }
    }

    private void readBags(ASN1Sequence bags) throws IOException, CertificateException {
        for (ASN1Encodable one : bags) {
            SafeBag bag = SafeBag.getInstance(one);
            ASN1ObjectIdentifier type = bag.getBagId();
            if (type.equals(PKCSObjectIdentifiers.keyBag) || type.equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
                throw found.privateKey();
            }
            if (type.equals(PKCSObjectIdentifiers.certBag)) {
                readCertificate(DerFile.required(CertBag.getInstance(bag.getBagValue())));
            } else if (type.equals(PKCSObjectIdentifiers.safeContentsBag)) {
                readBags(DerFile.required(ASN1Sequence.getInstance(bag.getBagValue())));
            } else {
                found.note(": skipped content that is not a certificate");
            }
        }
    }

    private void readCertificate(CertBag bag) throws CertificateException, FileFormatException {
        if (bag.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
            found.add(octets(bag.getCertValue()));
        } else {
            found.note(": skipped a certificate that is not X.509");
        }
    }

    private static byte[] octets(@Nullable ASN1Encodable value) {
        return DerFile.required(ASN1OctetString.getInstance(value)).getOctets();
    }
}
