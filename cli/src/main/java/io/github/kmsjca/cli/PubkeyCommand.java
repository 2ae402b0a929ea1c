package io.github.kmsjca.cli;

import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Writes a public key for those who verify. */
@Command(
        name = "pubkey",
        description = "Write the public key in PEM, as OpenSSL reads it.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PubkeyCommand extends KeyCommand {
    @Override
    String text(PairHandle handle) throws IOException {
        return Pem.PUBLIC_KEY.text(handle.publicKey().getEncoded());
    }
}
