package io.github.kmsjca.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a public key for those who verify. */
@Command(
        name = "pubkey",
        description = "Write the public key in PEM, as OpenSSL reads it.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PubkeyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "KEY", description = StoreOptions.KEY)
    String key = "";

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        byte[] encoded = Store.of(store).requireFile().key(key).publicKey().getEncoded();
        output.write(Pem.PUBLIC_KEY.text(encoded), Output.of(spec));
        return ExitCode.OK;
    }
}
