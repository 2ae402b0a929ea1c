package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import io.github.kmsjca.internal.handle.ExceededBoundException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The forms in which files hold certificates, one row each. A form is recognized by its content. */
public enum CertificateForm {
    JKS("a JKS keystore", "name an AWSKMS file, or use -storetype JKS", JavaKeystore::isJks, JavaKeystore::read),
    JCEKS(
            "a JCEKS keystore",
            "name an AWSKMS file, or use -storetype JCEKS",
            JavaKeystore::isJceks,
            JavaKeystore::read),
    PKCS12("a PKCS #12 file", "name an AWSKMS file, or use -storetype PKCS12", Pkcs12File::matches, Pkcs12File::read),
    PKCS7("a PKCS #7 file", Remedy.IMPORT, Pkcs7File::matches, Pkcs7File::read),
    /** One or more certificates, or something else in DER. */
    DER("a DER file", Remedy.IMPORT, DerFile::matches, DerFile::read),
    /** All other content. Text in any encoding may surround the blocks. */
    PEM("a text file", Remedy.IMPORT, content -> true, PemFile::read);

    private final String description;
    private final String remedy;

    // a reference to a static method, so it is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<byte[]> matches;

    // a reference to a static method, so it is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final Reader reader;

    CertificateForm(String description, String remedy, Predicate<byte[]> matches, Reader reader) {
        this.description = description;
        this.remedy = remedy;
        this.matches = matches;
        this.reader = reader;
    }

    /** Reads the certificates of a file that has this form. */
    private interface Reader {
        void read(byte[] content, Contents found) throws FileFormatException;
    }

    private static CertificateForm of(byte[] content) {
        return Arrays.stream(values())
                .filter(form -> form.matches.test(content))
                .findFirst()
                .orElse(PEM);
    }

    /**
     * Adds the certificates of a file to {@code found}.
     *
     * @throws FileFormatException if the content is damaged, has no known form, exceeds a limit, or contains a private
     *     key; the private keys of JKS and JCEKS are skipped instead
     */
    static void read(byte[] content, Contents found) throws FileFormatException {
        CertificateForm form = of(content);
        if (form.isDer()) {
            form.requireShallow(content, found);
        }
        form.reader.read(content, found);
    }

    private boolean isDer() {
        return this == PKCS12 || this == PKCS7 || this == DER;
    }

    private void requireShallow(byte[] content, Contents found) throws FileFormatException {
        try {
            DerBounds.requireShallow(content);
        } catch (ExceededBoundException deep) {
            // the same limits apply to a certificate in PEM, but PEM has no container that exceeds them
            String remedy = this == DER ? "replace or remove it" : "write the certificates as PEM";
            throw found.failure(" is refused: " + deep.getMessage() + "; " + remedy, deep);
        } catch (IllegalArgumentException otherTag) {
            throw found.unknownTag(otherTag);
        }
    }

    /**
     * Returns what a file is, if it is not a keystore file, and what to do with it. The text follows the file name and
     * "is" in an error. Empty for all other content, which may be a keystore file.
     */
    public static Optional<String> describeOtherFormat(byte[] content) {
        CertificateForm form = of(content);
        return form == PEM
                ? Optional.empty()
                : Optional.of(form.description + ", not an AWSKMS keystore file; " + form.remedy);
    }

    /** What to do with a file that has certificates, but is not a keystore. */
    private static final class Remedy {
        static final String IMPORT = "put its certificates into a keystore file with 'kms-jca import'";
    }
}
