package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.ForeignText;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found in a file: certificates, and notes about parts that were skipped. For one file, in one thread. */
final class Contents {
    /** The maximum number of certificates, a hundred times as many as a list of all public CAs has. */
    private static final int MOST_CERTIFICATES = 20_000;

    /** The maximum number of notes. More notes help nobody. */
    private static final int MOST_NOTES = 20;

    private final String source;
    private final CertificateReader reader = new CertificateReader();
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean isLocked;

    /** Creates an instance. The source is the name of the file in error texts. */
    Contents(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    /** Adds the only certificate in an encoding. */
    void add(byte[] encoded) throws CertificateException {
        if (certificates.size() == MOST_CERTIFICATES) {
            throw new CertificateException("more than " + MOST_CERTIFICATES + " certificates");
        }
        certificates.add(reader.readOne(encoded));
    }

    /** Notes a part that was skipped. */
    void note(String text) {
        if (notes.size() < MOST_NOTES) {
            notes.add(ForeignText.clean(source + text));
        }
    }

    /** Notes that a part is encrypted with a password. */
    void noteLocked() {
        isLocked = true;
    }

    List<String> notes() {
        return notes;
    }

    /** Returns the certificates. Fails if there are none; {@code form} is the end of that error text. */
    List<X509Certificate> certificates(String form) throws FileFormatException {
        if (isLocked && certificates.isEmpty()) {
            throw failure(
                    " is protected by a password, so its certificates cannot be read; write the certificates as PEM"
                            + " ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')",
                    null);
        }
        if (certificates.isEmpty()) {
            throw failure(" holds no certificate" + form, null);
        }
        if (isLocked) {
            note(": skipped certificates that are protected by a password");
        }
        return certificates;
    }

    FileFormatException privateKey() {
        return failure(" holds a private key; name a file with certificates only", null);
    }

    /** Returns the failure for a file in an unknown form, with a further reason or an empty text. */
    FileFormatException unknownForm(String reason, Exception cause) {
        return failure(
                " is not PEM, DER, PKCS #7, PKCS #12, JKS or JCEKS" + reason + "; write the certificates as PEM",
                cause);
    }

    FileFormatException failure(String problem, @Nullable Throwable cause) {
        return new FileFormatException(source + problem, cause);
    }

    FileFormatException failure(int line, String problem, @Nullable Throwable cause) {
        return new FileFormatException(source, line, problem, cause);
    }

    /** Returns the first line of the text of an exception, for another text. */
    static String firstLine(Exception damaged) {
        return ForeignText.of(
                String.valueOf(damaged.getMessage()).lines().findFirst().orElse(""));
    }
}
