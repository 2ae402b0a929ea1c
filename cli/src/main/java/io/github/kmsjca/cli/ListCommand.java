package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists entries with their keys and certificates. */
@Command(
        name = "list",
        description = "List the entries of a keystore file, or the keys of the account: one per line, with tabs between"
                + " fields.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private static final String NOTHING = "-";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-l", "--long"},
            description =
                    "Also ask KMS about each key: show its key spec and ARN, and its certificate from settings or tags."
                            + " If a key cannot be used, show why.")
    boolean withKeys;

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        KeyStore entries = store.open();
        // a KeyStore whose aliases were listed skips unusable keys; a second KeyStore reports them
        KeyStore unlisted = withKeys ? store.open() : entries;
        PrintWriter out = Output.of(spec);
        for (String alias : Collections.list(entries.aliases())) {
            Stream<String> fields = withKeys ? allFields(unlisted, alias) : Stream.of(certificate(entries, alias));
            out.println(
                    Stream.concat(Stream.of(alias), fields).map(ForeignText::of).collect(Collectors.joining("\t")));
        }
        Output.flush(out);
        return ExitCode.OK;
    }

    /**
     * Returns all fields of an entry. If its key cannot be used, returns the reason instead of failing, so that the
     * other entries are listed.
     */
    private static Stream<String> allFields(KeyStore entries, String alias) throws GeneralSecurityException {
        try {
            Stream<String> found = entries.getKey(alias, null) instanceof KmsKey key
                    ? Stream.of(key.keySpec(), key.keyId())
                    : Stream.of(NOTHING, NOTHING);
            return Stream.concat(found, Stream.of(certificate(entries, alias)));
        } catch (ProviderException unusable) {
            return Stream.of(NOTHING, String.valueOf(unusable.getMessage()), NOTHING, NOTHING);
        }
    }

    private static String[] certificate(KeyStore entries, String alias) throws GeneralSecurityException {
        return entries.getCertificate(alias) instanceof X509Certificate certificate
                ? new String[] {
                    certificate.getSubjectX500Principal().toString(),
                    certificate.getNotAfter().toInstant().toString()
                }
                : new String[] {NOTHING, NOTHING};
    }
}
