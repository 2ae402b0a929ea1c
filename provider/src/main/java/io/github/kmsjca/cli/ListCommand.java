package io.github.kmsjca.cli;

import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists entries with what is known of their keys and certificates. */
@Command(
        name = "list",
        description = "List the entries of a keystore file, or the keys of the account: one a line, fields by tabs.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private static final String NOTHING = "-";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-l", "--long"},
            description = "Ask KMS for each key: its ARN and key spec, or why it cannot be used.")
    boolean withKeys;

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        KeyStore entries = store.open();
        // asked for single keys only: whoever goes through all is spared those that cannot be used
        KeyStore single = store.open();
        PrintWriter out = Output.of(spec);
        for (String alias : Collections.list(entries.aliases())) {
            String key = withKeys && entries.isKeyEntry(alias) ? "\t" + key(single, alias) : "";
            out.println(alias + key + "\t" + certificate(entries, alias));
        }
        out.flush();
        return ExitCode.OK;
    }

    /** One key that cannot be used does not hide the others. */
    private String key(KeyStore entries, String alias) throws GeneralSecurityException {
        try {
            KmsPrivateKey key = store.key(entries, alias);
            return key.spec() + "\t" + key.keyId();
        } catch (ProviderException unusable) {
            return NOTHING + "\t" + unusable.getMessage();
        }
    }

    private String certificate(KeyStore entries, String alias) throws GeneralSecurityException {
        if (entries.getCertificate(alias) instanceof X509Certificate certificate) {
            return certificate.getSubjectX500Principal() + "\t"
                    + certificate.getNotAfter().toInstant();
        }
        return NOTHING + "\t" + NOTHING;
    }
}
