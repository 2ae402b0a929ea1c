package io.github.kmsjca.samples;

import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs each file with one KMS call, and prints the OpenSSL command that verifies it. */
@Command(
        name = "sign",
        description = "Sign files. Writes FILE.sig beside each FILE.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
    /** The file name of the public key in the OpenSSL command. */
    private static final Path PUBLIC_KEY = Path.of("key.pem");

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final KmsKeyOption key = new KmsKeyOption();

    @Mixin
    final AlgorithmOption algorithm = new AlgorithmOption();

    @Option(
            names = "--message",
            paramLabel = "MODE",
            description = "digest: send the hash of the file; raw: send the file itself, at most 4,096 bytes.")
    @Nullable
    String message;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to sign, of any size.")
    List<Path> files = List.of();

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        key.set("message", message);
        PrivateKey privateKey = key.open();
        FileAlgorithm chosen = algorithm.of(((KmsPrivateKey) privateKey).publicKey());
        PrintWriter out = SignFile.out(spec);
        for (Path file : files) {
            byte[] signature = FileSignature.sign(file, privateKey, chosen);
            Files.write(FileSignature.pathFor(file), signature);
            out.println(FileSignature.pathFor(file) + ": " + chosen.jcaName() + " by " + key.id);
            out.println("    " + chosen.opensslCommand(file, PUBLIC_KEY));
        }
        out.println(PUBLIC_KEY + ": sign-file pubkey --key " + key.id + " --out " + PUBLIC_KEY);
        return ExitCode.OK;
    }
}
