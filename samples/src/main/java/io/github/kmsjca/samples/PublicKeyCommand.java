package io.github.kmsjca.samples;

import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the public key, which is needed to verify signatures. */
@Command(
        name = "pubkey",
        description = "Write the public key in PEM, the format that OpenSSL reads.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PublicKeyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final KmsKeyOption key = new KmsKeyOption();

    @Option(names = "--out", paramLabel = "FILE", description = "Output file. Default: standard output.")
    @Nullable
    Path file;

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        String pem = PublicKeyPem.write(((KmsPrivateKey) key.open()).publicKey());
        if (file == null) {
            SignFile.out(spec).print(pem);
            SignFile.out(spec).flush();
        } else {
            Files.writeString(file, pem);
        }
        return ExitCode.OK;
    }
}
