package io.github.kmsjca.cli;

import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Lists entries with their keys and certificates. */
@Command(
        name = "list",
        description = "List the entries of a keystore file, or the keys of the account.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-l", "--long"},
            description = "Also ask KMS about each key: show its spec, usage, state and ARN, and its certificate from"
                    + " settings or tags. If a key cannot be used, show why.")
    boolean withKeys;

    @Mixin
    final JsonOption json = new JsonOption();

    @Mixin
    final StoreOptions store = new StoreOptions();

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws GeneralSecurityException, IOException, InterruptedException {
        Store opened = Store.of(store).requireNamedFileExists();
        KeyStore entries = store.open();
        List<String> aliases = Collections.list(entries.aliases());
        if (aliases.isEmpty() && !json.isEnabled) {
            Output.line(spec).getErr().println(Main.NAME + ": " + noEntriesText(opened));
            return ExitStatus.SUCCESS.code();
        }
        print(withKeys ? withKeys(opened, aliases) : withoutKeys(entries, aliases));
        return ExitStatus.SUCCESS.code();
    }

    private static String noEntriesText(Store opened) {
        if (opened.path().isPresent()) {
            return opened.path().get() + " has no entries";
        }
        KmsSettings settings = opened.session().settings();
        try (KmsProbe probe = new KmsProbe(settings, InstantSource.system())) {
            String region = probe.regions(null);
            String exceptAdopted = settings.adopt().isPresent() ? "apart from the key of the setting adopt, " : "";
            return exceptAdopted
                    + (settings.keys().isEmpty()
                            ? "there are no keys with an alias in " + region
                                    + "; check the Region and the account, or make an alias with 'aws kms create-alias'"
                            : "no alias in " + region
                                    + " matches the setting keys; check the setting, the Region and the account");
        }
    }

    private static List<ListedEntry> withoutKeys(KeyStore entries, List<String> aliases)
            throws GeneralSecurityException {
        List<ListedEntry> listed = new ArrayList<>();
        for (String alias : aliases) {
            listed.add(new ListedEntry(alias, null, KeyLookup.certificate(entries, alias), null));
        }
        return listed;
    }

    private List<ListedEntry> withKeys(Store opened, List<String> aliases)
            throws GeneralSecurityException, IOException, InterruptedException {
        PrintWriter err = Output.line(spec).getErr();
        try (KmsProbe probe = new KmsProbe(opened.session().settings(), InstantSource.system())) {
            KeyLookup lookup = new KeyLookup(opened, probe, store);
            List<ListedEntry> listed =
                    lookup.all(aliases, Progress.of(terminal, err, "of " + aliases.size() + " keys"));
            lookup.generalFailure()
                    .ifPresent(reason -> err.println(Main.NAME + ": warning: some key states are not known: "
                            + ForeignText.clean(Main.text(reason))));
            return listed;
        }
    }

    private void print(List<ListedEntry> listed) throws IOException {
        PrintWriter out = Output.of(spec);
        if (json.isEnabled) {
            out.print(JsonText.of(document -> write(document, listed)));
        } else {
            TextTable table = ListedEntry.table(withKeys);
            listed.forEach(entry ->
                    table.add(entry.row(withKeys, InstantSource.system().instant())));
            table.print(out, terminal.showsColors());
        }
        Output.flush(out);
    }

    private static void write(JsonGenerator json, List<ListedEntry> listed) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("entries");
        for (ListedEntry entry : listed) {
            entry.write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
