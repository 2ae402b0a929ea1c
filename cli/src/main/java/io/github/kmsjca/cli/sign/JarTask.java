package io.github.kmsjca.cli.sign;

import io.github.kmsjca.key.KmsException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.jspecify.annotations.Nullable;

/**
 * Signs one jar. The target file has its old content until the new one is complete.
 *
 * @param source the jar to sign
 * @param target the file for the signed jar; may be the source
 * @param relay passes requests for timestamps on; empty for no timestamp
 */
record JarTask(Path source, Path target, SigningOrder order, Pace pace, Optional<TimestampRelay> relay) {
    /**
     * Signs the jar.
     *
     * @param verifies whether the result is read again and verified before it replaces the target
     * @throws IOException if the jar cannot be read, signed or written; the target is then unchanged
     */
    void run(boolean verifies) throws IOException, InterruptedException {
        // a link stays a link
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path fresh = file.resolveSibling(".kms-jca-" + ProcessHandle.current().pid() + "-" + file.getFileName());
        try (Unfinished unfinished = Unfinished.of(fresh)) {
            sign(fresh);
            if (verifies && !SignedJarCheck.isSignedBy(fresh, order.certificate())) {
                throw new IOException("the signed jar does not verify");
            }
            copyAttributes(fresh);
            unfinished.replace(file);
        }
    }

    private void sign(Path fresh) throws IOException, InterruptedException {
        String name = UUID.randomUUID().toString();
        while (true) {
            pace.await();
            try {
                write(fresh, signer(name));
                pace.succeeded();
                return;
            } catch (RuntimeException e) {
                // a JarSigner throws a JarSignerException, but other exceptions if there is no timestamp
                KmsException refused = kmsFailure(e);
                if (refused == null || !Pace.isThrottling(refused) || !pace.slowDown()) {
                    throw new IOException(text(e, name), e);
                }
            }
        }
    }

    private JarSigner signer(String name) throws IOException {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(order.chain());
            JarSigner.Builder builder = new JarSigner.Builder(order.key(), path)
                    .digestAlgorithm(order.digest())
                    .signatureAlgorithm(order.algorithm(), order.provider())
                    .signerName(order.signerName());
            relay.ifPresent(open -> builder.tsa(open.url(name)));
            return builder.build();
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void write(Path fresh, JarSigner signer) throws IOException {
        try (ZipFile jar = new ZipFile(source.toFile());
                OutputStream output = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            signer.sign(jar, output);
        }
        // the JarSigner has closed the output
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives the new file the mode and the owner of the source. */
    private void copyAttributes(Path fresh) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(source, PosixFileAttributeView.class);
        PosixFileAttributeView now = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (old == null || now == null) {
            return;
        }
        PosixFileAttributes wanted = old.readAttributes();
        if (!wanted.owner().equals(now.readAttributes().owner())) {
            now.setOwner(wanted.owner());
        }
        if (!wanted.group().equals(now.readAttributes().group())) {
            now.setGroup(wanted.group());
        }
        now.setPermissions(wanted.permissions());
    }

    private static @Nullable KmsException kmsFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KmsException found) {
                return found;
            }
        }
        return null;
    }

    /** Returns the text of the cause that says most: the JarSigner's own text is only "Error creating signature". */
    private String text(RuntimeException failure, String name) {
        String noTimestamp = relay.map(open -> open.failure(name)).orElse("");
        if (!noTimestamp.isEmpty()) {
            return "there is no timestamp: " + noTimestamp;
        }
        KmsException refused = kmsFailure(failure);
        Throwable cause = refused != null ? refused : failure;
        while (refused == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
