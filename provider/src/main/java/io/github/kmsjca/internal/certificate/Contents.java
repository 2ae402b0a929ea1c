package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.ForeignText;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a file: certificates, and notes about parts that were skipped. Makes the error texts about the
 * file. Use one instance for one file, in one thread.
 */
final class Contents {
    /** The maximum number of certificates. A list of all public CAs has a hundredth of them. */
    private static final int MOST_CERTIFICATES = 20_000;

    /** The maximum number of notes. Further notes are dropped, so that a file cannot flood the log. */
    private static final int MOST_NOTES = 20;

    /** The error text for a PEM block that is a private key. */
    static final String PRIVATE_KEY_BLOCK =
            "this block is a private key; remove it, because this file must not hold secrets";

    /** The error text for a damaged first or last line of a PEM block. */
    static final String DAMAGED_MARK = "damaged BEGIN or END line of a PEM block; such lines look like"
            + " -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----";

    private static final String REPLACE_OR_REMOVE = "; replace or remove it";

    private final String source;
    private final CertificateReader reader = new CertificateReader();
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable String whyUnread;

    /** Creates an empty instance. The source is the name of the file in error texts. */
    Contents(String source) {
        this.source = source;
    }

    /**
     * Adds the certificate in an encoding.
     *
     * @throws FileFormatException if the file has too many certificates
     * @throws ExceededLimitException if the certificate exceeds a limit
     * @throws CertificateException if the encoding is not exactly one certificate
     */
    void add(byte[] encoded) throws CertificateException, FileFormatException {
        if (certificates.size() == MOST_CERTIFICATES) {
            throw failure(
                    " contains more than " + MOST_CERTIFICATES
                            + " certificates; split the file, or remove certificates that are not needed",
                    null);
        }
        certificates.add(reader.readOne(encoded));
    }

    /** Notes a part that was skipped. The text follows the name of the file. */
    void note(String text) {
        if (notes.size() < MOST_NOTES) {
            notes.add(ForeignText.clean(source + text));
        }
    }

    /**
     * Notes that a part of a PKCS #12 file was not read, for example because it is encrypted. The reason follows the
     * name of the file in a text, such as "is protected by a password". If this happens several times, the first reason
     * counts.
     */
    void noteUnread(String reason) {
        whyUnread = whyUnread == null ? reason : whyUnread;
    }

    List<String> notes() {
        return notes;
    }

    /**
     * Returns the certificates.
     *
     * @param remedy the end of the error text about a file without certificates
     * @throws FileFormatException if there are no certificates
     */
    List<X509Certificate> certificates(String remedy) throws FileFormatException {
        if (whyUnread != null && certificates.isEmpty()) {
            throw failure(
                    " " + whyUnread + ", so its certificates cannot be read; write the certificates as PEM"
                            + " ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')",
                    null);
        }
        if (certificates.isEmpty()) {
            throw failure(" holds no certificate" + remedy, null);
        }
        if (whyUnread != null) {
            note(": skipped certificates, because the file " + whyUnread);
        }
        return certificates;
    }

    FileFormatException privateKey() {
        return failure(" holds a private key; use a file with certificates only", null);
    }

    /** Returns the failure for a file that does not contain certificates in a known form, or is damaged. */
    FileFormatException unknownForm(Exception cause) {
        return unknownForm("", cause);
    }

    /** Returns the failure for a file with an ASN.1 tag that none of the forms has. */
    FileFormatException unknownTag(IllegalArgumentException cause) {
        return unknownForm(" (" + firstLine(cause) + ")", cause);
    }

    private FileFormatException unknownForm(String reason, Exception cause) {
        return failure(
                " is damaged, or is not a certificate file in PEM, DER, PKCS #7, PKCS #12, JKS or JCEKS" + reason
                        + "; write the certificates as PEM",
                cause);
    }

    /**
     * Returns the failure for a file whose form is known, but whose content cannot be read. If the cause is an exceeded
     * limit, the text says so instead, because the file is not damaged.
     *
     * @param what what the file is, such as "damaged PKCS #12"
     */
    FileFormatException damaged(String what, Exception cause) {
        return cause instanceof ExceededLimitException exceeded
                ? overLimit(exceeded)
                : failure(" is " + what + " (" + firstLine(cause) + "); write the certificates as PEM", cause);
    }

    /** Returns the failure for a file with a certificate that exceeds a limit. */
    FileFormatException overLimit(ExceededLimitException exceeded) {
        return failure(" contains a certificate that is refused: " + firstLine(exceeded) + REPLACE_OR_REMOVE, exceeded);
    }

    /** Returns what is wrong with a certificate, as the error text for its line. */
    static String problem(Exception cause) {
        return cause instanceof ExceededLimitException
                ? "this certificate is refused: " + firstLine(cause) + REPLACE_OR_REMOVE
                : "damaged certificate: " + firstLine(cause);
    }

    /**
     * Returns what is wrong with a PEM block whose label promises certificates, as the error text for its line. The
     * block may be sound: PKCS #7 can have content without certificates.
     */
    static String problem(String label, Exception cause) {
        return cause instanceof ExceededLimitException
                ? problem(cause)
                : "PEM block '" + label + "' cannot be read (" + firstLine(cause) + ")" + REPLACE_OR_REMOVE;
    }

    /** Returns the failure for the file. The problem follows its name, so it begins with a space or a colon. */
    FileFormatException failure(String problem, @Nullable Throwable cause) {
        return new FileFormatException(source + problem, cause);
    }

    /** Returns the failure for a line of the file. */
    FileFormatException failure(int line, String problem, @Nullable Throwable cause) {
        return new FileFormatException(source, line, problem, cause);
    }

    /** Returns the first line of an exception's message, so that an error text that quotes it stays one line. */
    private static String firstLine(Exception damaged) {
        return ForeignText.of(
                String.valueOf(damaged.getMessage()).lines().findFirst().orElse(""));
    }
}
