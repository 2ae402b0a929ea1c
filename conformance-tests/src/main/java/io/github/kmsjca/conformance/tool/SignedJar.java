package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;

/** The signature of a jar with exactly one signer. Bouncy Castle parses and verifies the signature. */
public final class SignedJar {
    private static final Pattern SIGNATURE_FILE = Pattern.compile("META-INF/[^/]+\\.SF");
    private static final Pattern SIGNATURE_BLOCK = Pattern.compile("META-INF/[^/]+\\.(RSA|EC)");

    /** The beginning of a line with a digest, such as {@code SHA-256-Digest:} or {@code SHA-256-Digest-Manifest:}. */
    private static final Pattern DIGEST = Pattern.compile("^([\\w-]+)-Digest(-Manifest\\S*)?: ", Pattern.MULTILINE);

    private final byte[] signatureFile;
    private final SignerInformation signer;
    private final int certificateCount;

    private SignedJar(byte[] signatureFile, SignerInformation signer, int certificateCount) {
        this.signatureFile = signatureFile;
        this.signer = signer;
        this.certificateCount = certificateCount;
    }

    /** Writes an unsigned jar with one file, and returns the path of the jar. */
    public static Path writeUnsigned(Path jar) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("greeting.txt"));
            zip.write("hello\n".getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the signature of a jar, without verifying it.
     *
     * @throws AssertionError if the jar does not have exactly one signature file, one signature block and one signer,
     *     or the signature block is damaged
     */
    public static SignedJar read(Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            byte[] content = onlyEntry(jar, SIGNATURE_FILE);
            CMSSignedData block =
                    new CMSSignedData(new CMSProcessableByteArray(content), onlyEntry(jar, SIGNATURE_BLOCK));
            if (block.getSignerInfos().size() != 1) {
                throw new AssertionError(path + " has " + block.getSignerInfos().size() + " signers");
            }
            return new SignedJar(
                    content,
                    block.getSignerInfos().iterator().next(),
                    block.getCertificates().getMatches(null).size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CMSException e) {
            throw new AssertionError(path + " has a damaged signature block", e);
        }
    }

    private static byte[] onlyEntry(JarFile jar, Pattern name) throws IOException {
        var entries = jar.stream()
                .filter(entry -> name.matcher(entry.getName()).matches())
                .toList();
        if (entries.size() != 1) {
            throw new AssertionError(jar.getName() + " has " + entries + " instead of one file " + name);
        }
        try (InputStream in = jar.getInputStream(entries.get(0))) {
            return in.readAllBytes();
        }
    }

    /**
     * Returns whether the signature over the signature file verifies with a public key. Does not compare the digests in
     * the signature file with the files of the jar.
     */
    public boolean isSignedBy(PublicKey key) {
        try {
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(key));
        } catch (OperatorCreationException | CMSException e) {
            throw new AssertionError("the signature cannot be checked", e);
        }
    }

    /** Returns the number of certificates in the signature block. */
    public int certificateCount() {
        return certificateCount;
    }

    /** Returns the digest algorithms that the signature file names for the files and the manifest. */
    public Set<String> digestAlgorithms() {
        return DIGEST.matcher(new String(signatureFile, StandardCharsets.UTF_8))
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }
}
