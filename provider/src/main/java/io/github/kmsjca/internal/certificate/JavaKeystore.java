package io.github.kmsjca.internal.certificate;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;

/**
 * Reads the certificates of the JDK's old keystores, JKS and JCEKS. Only their keys are encrypted. This class skips the
 * keys, so it needs no password.
 */
final class JavaKeystore {
    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;

    /** The first version of the format in which the type of each certificate, such as X.509, is in the file. */
    private static final int VERSION_WITH_TYPES = 2;

    private static final int KEY = 1;
    private static final int CERTIFICATE = 2;
    private static final int SECRET_KEY = 3;

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

    /**
     * Reads the certificates of a file. Skips private keys, and everything from the first secret key on.
     *
     * @throws FileFormatException if the file is damaged or exceeds a limit
     */
    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            new JavaKeystore(content, found).read();
        } catch (FileFormatException refused) {
            throw refused;
        } catch (EOFException cutOff) {
            throw found.failure(" is a damaged Java keystore (it is cut off); write the certificates as PEM", cutOff);
        } catch (IOException | CertificateException damaged) {
            throw found.damaged("a damaged Java keystore", damaged);
        }
    }

    private void read() throws IOException, CertificateException {
        in.readInt();
        version = in.readInt();
        int entries = in.readInt();
        for (int i = 0; i < entries; i++) {
            int type = in.readInt();
            if (type == SECRET_KEY) {
                // a secret key is a serialized object, and its length is not known
                found.note(": skipped a secret key and all entries behind it");
                return;
            }
            if (type != KEY && type != CERTIFICATE) {
                throw new IOException("it has an entry of an unknown type");
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
