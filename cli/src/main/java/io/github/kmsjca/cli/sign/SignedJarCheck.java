package io.github.kmsjca.cli.sign;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a jar and verifies all its signatures, as {@code jarsigner -verify} does. */
final class SignedJarCheck {
    private static final String META_INF = "META-INF/";
    private static final String[] SIGNATURE_FILES = {".SF", ".RSA", ".DSA", ".EC"};

    /** The extension, if any, has 1 to 3 letters and digits (JAR File Specification, "Signed JAR File"). */
    private static final Pattern SIG_FILE =
            Pattern.compile("META-INF/SIG-(?:[^.]*|.*\\.[A-Z0-9]{1,3})", Pattern.DOTALL);

    private SignedJarCheck() {}

    /**
     * Checks that each file of a jar that was just signed has a valid signature by the key. Accepts a jar without
     * files.
     *
     * @throws IOException if a file has no such signature, or the jar is damaged
     */
    static void require(Path path, SigningSetup setup) throws IOException {
        String unsigned = check(path, setup.certificate()).unsigned();
        if (unsigned != null) {
            throw new IOException("the signed jar was not saved, because Java accepts no signature by this key for its"
                    + " file " + ForeignText.of(unsigned)
                    + "; if the jar has older signatures, remove them and sign again");
        }
    }

    /**
     * Returns whether each file of the jar has a valid signature by the key of a certificate. Returns false for a jar
     * without files.
     *
     * @throws IOException if the jar is damaged
     */
    static boolean isSignedBy(Path path, X509Certificate certificate) throws IOException {
        Result result = check(path, certificate);
        return result.hasFiles() && result.unsigned() == null;
    }

    /**
     * The result of a check.
     *
     * @param hasFiles whether the jar has files whose signatures can be checked, and not only a manifest
     * @param unsigned the first file without a valid signature by the key; null if there is none
     */
    private record Result(boolean hasFiles, @Nullable String unsigned) {}

    private static Result check(Path path, X509Certificate certificate) throws IOException {
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            boolean hasFiles = false;
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (entry.isDirectory() || JarFile.MANIFEST_NAME.equalsIgnoreCase(name) || isSignatureFile(name)) {
                    continue;
                }
                if (!isSignedBy(jar, entry, certificate)) {
                    return new Result(true, name);
                }
                hasFiles = true;
            }
            return new Result(hasFiles, null);
        }
    }

    private static boolean isSignedBy(JarFile jar, JarEntry entry, X509Certificate certificate) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            // JarEntry knows the signers only after the content was read
            content.transferTo(OutputStream.nullOutputStream());
        } catch (SecurityException tampered) {
            return false;
        }
        CodeSigner[] signers = entry.getCodeSigners();
        return signers != null && Stream.of(signers).anyMatch(signer -> isBy(signer, certificate));
    }

    private static boolean isBy(CodeSigner signer, X509Certificate certificate) {
        // compare the keys, because a renewed certificate is another certificate for the same key
        byte[] key = signer.getSignerCertPath()
                .getCertificates()
                .get(0)
                .getPublicKey()
                .getEncoded();
        return Arrays.equals(key, certificate.getPublicKey().getEncoded());
    }

    /** Signature files are not signed themselves (JAR File Specification, "Signed JAR File"). */
    private static boolean isSignatureFile(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(META_INF)
                && upper.indexOf('/', META_INF.length()) < 0
                && (Stream.of(SIGNATURE_FILES).anyMatch(upper::endsWith)
                        || SIG_FILE.matcher(upper).matches());
    }
}
