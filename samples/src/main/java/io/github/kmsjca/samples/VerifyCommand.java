package io.github.kmsjca.samples;

import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies the signature file beside each file: locally with the public key, or in KMS. */
@Command(
        name = "verify",
        description = "Verify the signature FILE.sig of each FILE.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    Source source = new Source();

    @Mixin
    final AlgorithmOption algorithm = new AlgorithmOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files that were signed.")
    List<Path> files = List.of();

    /** Where the public key comes from. */
    static final class Source {
        @Option(
                names = "--public-key",
                paramLabel = "PEM",
                description = "File with the public key. Makes no KMS call and needs no credentials.")
        @Nullable
        Path publicKey;

        @ArgGroup(exclusive = false)
        @Nullable
        InKms inKms;

        PublicKey open() throws GeneralSecurityException, IOException {
            if (publicKey != null) {
                return PublicKeyPem.read(publicKey);
            }
            InKms named = inKms == null ? new InKms() : inKms;
            named.key.set("verify", named.verify);
            return ((KmsPrivateKey) named.key.open()).publicKey();
        }
    }

    /** The KMS key, and where to verify. */
    static final class InKms {
        @ArgGroup(exclusive = false, multiplicity = "1")
        KmsKeyOption key = new KmsKeyOption();

        @Option(
                names = "--verify",
                paramLabel = "WHERE",
                description =
                        "local: on this machine, with the public key from KMS; kms: in KMS, which logs an audit event.")
        @Nullable
        String verify;
    }

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        PublicKey key = source.open();
        FileAlgorithm chosen = algorithm.of(key);
        boolean allValid = true;
        for (Path file : files) {
            boolean valid = isValid(file, key, chosen);
            SignFile.out(spec).println(file + ": " + (valid ? "valid" : "INVALID as " + chosen.jcaName()));
            allValid &= valid;
        }
        return allValid ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static boolean isValid(Path file, PublicKey key, FileAlgorithm algorithm)
            throws GeneralSecurityException, IOException {
        byte[] signature = Files.readAllBytes(FileSignature.pathFor(file));
        try {
            return FileSignature.verify(file, signature, key, algorithm);
        } catch (SignatureException e) {
            if (e.getCause() instanceof ProviderException) {
                throw e; // KMS refused the request
            }
            return false; // the JDK throws this for bytes that are not a signature
        }
    }
}
