package io.github.kmsjca.internal.certificate;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;

/**
 * Reads the certificates of the JDK's old keystores, JKS and JCEKS. The certificates are not encrypted, only the keys
 * are. So no password is needed, and no key is read.
 */
final class JavaKeystore {
    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;
    private static final int VERSION_WITH_TYPES = 2;

    private static final int KEY = 1;
    private static final int CERTIFICATE = 2;

    private final DataInputStream in;
    private final Contents found;
    private int version;

    private JavaKeystore(byte[] content, Contents found) {
        this.in = new DataInputStream(new ByteArrayInputStream(content));
        this.found = found;
    }

    static boolean isJks(byte[] content) {
        return magic(content) == JKS;
    }

    static boolean isJceks(byte[] content) {
        return magic(content) == JCEKS;
    }

    private static int magic(byte[] content) {
        return content.length < Integer.BYTES ? 0 : ByteBuffer.wrap(content).getInt();
    }

    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            new JavaKeystore(content, found).read();
        } catch (EOFException cutOff) {
            throw damaged(found, "it is cut off", cutOff);
        } catch (IOException | CertificateException damaged) {
            throw damaged(found, Contents.firstLine(damaged), damaged);
        }
    }

    private static FileFormatException damaged(Contents found, String reason, Exception cause) {
        return found.failure(" is a damaged Java keystore (" + reason + "); write the certificates as PEM", cause);
    }

    private void read() throws IOException, CertificateException {
        in.readInt();
        version = in.readInt();
        int entries = in.readInt();
        for (int i = 0; i < entries; i++) {
            int type = in.readInt();
            if (type != KEY && type != CERTIFICATE) {
                // a secret key is a serialized object, and its length is not known
                found.note(": skipped a secret key and all entries behind it");
                return;
            }
            in.readUTF();
            in.readLong();
            if (type == KEY) {
                skip(in.readInt());
                found.note(": skipped a private key, and read its certificates");
            }
            int certificates = type == KEY ? in.readInt() : 1;
            for (int j = 0; j < certificates; j++) {
                readCertificate();
            }
        }
    }

    private void readCertificate() throws IOException, CertificateException {
        if (version >= VERSION_WITH_TYPES) {
            in.readUTF();
        }
        int length = in.readInt();
        requireAvailable(length);
        found.add(in.readNBytes(length));
    }

    private void skip(int length) throws IOException {
        requireAvailable(length);
        in.skipNBytes(length);
    }

    private void requireAvailable(int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new EOFException();
        }
    }
}
