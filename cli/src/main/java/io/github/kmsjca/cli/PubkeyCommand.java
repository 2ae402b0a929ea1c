package io.github.kmsjca.cli;

import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Writes a public key for programs that verify signatures without KMS. */
@Command(
        name = "pubkey",
        description = "Write the public key in PEM, the format that OpenSSL reads.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PubkeyCommand extends KeyCommand {
    @Override
    String text(PairHandle handle) throws IOException {
        return Pem.PUBLIC_KEY.text(handle.publicKey().getEncoded());
    }
}
