package io.github.kmsjca.cli.sign;

import io.github.kmsjca.key.KmsException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.UUID;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.jspecify.annotations.Nullable;

/**
 * Signs one jar. The target file has its old content until the new one is complete.
 *
 * @param source the jar to sign
 * @param target the file for the signed jar; may be the source
 * @param setup how to sign
 * @param state what all jobs share
 */
record JarTask(Path source, Path target, SigningSetup setup, BatchState state) {
    /**
     * Signs the jar.
     *
     * @param verifies whether the result is read again and verified before it replaces the target
     * @throws IOException if the jar cannot be read, signed or written; the target is then unchanged
     */
    void sign(boolean verifies) throws IOException, InterruptedException {
        replaceTarget(fresh -> {
            sign(fresh);
            if (verifies) {
                SignedJarCheck.require(fresh, setup);
            }
        });
    }

    /** Copies the jar, which is signed already, to the target. */
    void copy() throws IOException, InterruptedException {
        replaceTarget(fresh -> {
            try (OutputStream output = open(fresh)) {
                Files.copy(source, output);
            }
        });
    }

    /** Writes the new content of the target to a temporary file. */
    @FunctionalInterface
    private interface Writer {
        void write(Path fresh) throws IOException, InterruptedException;
    }

    private void replaceTarget(Writer writer) throws IOException, InterruptedException {
        Path file = fileToReplace();
        boolean isInPlace = Files.exists(file) && Files.isSameFile(source, file);
        FileTime before = Files.getLastModifiedTime(source);
        Path fresh = state.files().create(file);
        try {
            if (isInPlace) {
                FileRights.copyOwner(source, fresh);
            }
            writer.write(fresh);
            if (isInPlace && !Files.getLastModifiedTime(source).equals(before)) {
                throw new IOException("another program changed the jar while it was signed; sign it again");
            }
            // if the system crashes after the move, the target must not be empty
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
            FileRights.copyMode(source, fresh);
            state.files().complete(fresh, file);
        } finally {
            state.files().discard(fresh);
        }
    }

    /** Follows a link only if the jar is signed in place: the caller has named this jar. */
    private Path fileToReplace() throws IOException {
        if (target.equals(source)) {
            return target.toRealPath();
        }
        // it may refer to a file in another folder, or to the target of another jar
        if (Files.isSymbolicLink(target)) {
            throw new IOException(target + " is a link; remove it, or sign into another folder (--out)");
        }
        return target.toAbsolutePath();
    }

    private void sign(Path fresh) throws IOException, InterruptedException {
        // names this jar to the TSA relay
        String name = UUID.randomUUID().toString();
        while (true) {
            int wavesBefore = state.pace().await();
            if (state.relay().isPresent()) {
                state.relay().get().requireAlive();
            }
            try {
                JarSigner signer = signer(name);
                try (ZipFile jar = new ZipFile(source.toFile());
                        OutputStream output = open(fresh)) {
                    signer.sign(jar, output);
                }
                state.pace().succeeded();
                return;
            } catch (RuntimeException e) {
                // usually a JarSignerException, but a JarSigner that gets no timestamp throws other exceptions
                KmsException refused = kmsFailure(e);
                if (refused == null
                        || !Pace.isThrottling(refused)
                        || !state.pace().mayRetry(wavesBefore)) {
                    throw new IOException(text(e, name), e);
                }
            }
        }
    }

    /** Opens the temporary file for writing. Refuses a link that somebody has put in its place. */
    private static OutputStream open(Path fresh) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(
                fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS));
    }

    private JarSigner signer(String name) throws IOException {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(setup.chain());
            JarSigner.Builder builder = new JarSigner.Builder(setup.key(), path)
                    .digestAlgorithm(setup.digest())
                    .signatureAlgorithm(setup.algorithm(), setup.provider())
                    .signerName(setup.signerName());
            state.relay().ifPresent(relay -> builder.tsa(relay.url(name)));
            return builder.build();
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static @Nullable KmsException kmsFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KmsException found) {
                return found;
            }
        }
        return null;
    }

    /** Returns the text of the most helpful cause. The JarSigner's own text is only "Error creating signature". */
    private String text(RuntimeException failure, String name) {
        String noTimestamp = state.relay().map(relay -> relay.failure(name)).orElse("");
        if (!noTimestamp.isEmpty()) {
            return "there is no timestamp: " + noTimestamp
                    + "; check --tsa, then repeat the command with --skip-signed";
        }
        Throwable cause = failure;
        // around a failed KMS call, the provider's SignatureException may say more
        while (!(cause instanceof KmsException || cause instanceof SignatureException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
