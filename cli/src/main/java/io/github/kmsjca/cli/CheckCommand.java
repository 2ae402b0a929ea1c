package io.github.kmsjca.cli;

import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.MacHandle;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Finds out why a key does not work. */
@Command(
        name = "check",
        description = {
            "Check everything that a key needs, and say what is wrong and how to fix it.",
            "Checks settings, credentials, Region, permissions, key states, certificates and the clock. Asks KMS for"
                    + " a dry run of what each key is for, such as signing or decryption: KMS only answers whether the"
                    + " operation is allowed. Without KEY, checks all keys of the keystore file. With neither KEY nor"
                    + " --keystore, checks no key, but checks whether keys can be listed."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "Signature algorithm to check, in case a policy requires one. Default: the usual one for the key.")
    @Nullable
    String algorithm;

    @Option(
            names = "--expires-within",
            paramLabel = "TIME",
            converter = ValidityConverter.class,
            description = "Report a problem if a certificate expires within this time, such as 30d or 12h.")
    @Nullable
    Duration expiresWithin;

    @Mixin
    final JsonOption json = new JsonOption();

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Parameters(arity = "0..*", paramLabel = "KEY", description = StoreOptions.KEY)
    List<String> keys = new ArrayList<>();

    private final List<KeyFinding> findings = new ArrayList<>();

    /** The name of the key that is being checked; null during checks that do not concern one key. */
    private @Nullable String currentKey;

    /** A result, and the name of the key that it concerns. */
    private record KeyFinding(@Nullable String key, Finding finding) {}

    CheckCommand(InstantSource clock, Terminal terminal) {
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws KeyStoreException, IOException {
        check();
        if (json.isEnabled) {
            PrintWriter out = Output.of(spec);
            out.print(JsonText.of(this::write));
            Output.flush(out);
        }
        return isHealthy() ? ExitStatus.SUCCESS.code() : ExitStatus.FAILURE.code();
    }

    private boolean isHealthy() {
        return findings.stream().noneMatch(found -> found.finding.isProblem());
    }

    private void check() throws KeyStoreException {
        Store opened;
        try {
            opened = Store.of(store).requireNamedFileExists();
        } catch (ProviderException | IOException e) {
            report(Finding.problem("settings", e));
            return;
        }
        report(Finding.ok(
                "settings",
                "valid"
                        + opened.path()
                                .map(path -> "; " + path + " can be read")
                                .orElse("")));
        checkWithProbe(opened);
    }

    private void checkWithProbe(Store opened) throws KeyStoreException {
        Map<String, KeyId> ids = opened.ids(keys);
        KmsSettings settings = opened.session().settings();
        try (KmsProbe probe = new KmsProbe(settings, clock)) {
            checkAll(opened, ids, new Checkup(settings, probe, algorithm, this::report));
        }
    }

    private void checkAll(Store opened, Map<String, KeyId> ids, Checkup checkup) throws KeyStoreException {
        if (checkup.access(ids.values().stream().findFirst().orElse(null))) {
            for (Map.Entry<String, KeyId> key : ids.entrySet()) {
                currentKey = key.getKey();
                checkKey(opened, checkup, key.getKey(), key.getValue());
            }
            currentKey = null;
            if (opened.path().isEmpty()) {
                checkup.discovery();
            }
        }
        checkup.proxies();
        checkup.clock();
    }

    private void checkKey(Store opened, Checkup checkup, String alias, KeyId id) {
        try {
            List<X509Certificate> inFile = certificatesInFile(opened, alias);
            PublicKey certified = inFile.isEmpty() ? null : PublicKeys.of(inFile.get(0));
            Optional<KmsHandle> found = checkup.key(id, certified);
            List<X509Certificate> chain = inFile;
            if (inFile.isEmpty() && found.isPresent() && !(found.get() instanceof MacHandle)) {
                chain = checkup.chain(found.get());
            }
            new CertificateCheck(clock, expiresWithin)
                    .finding(chain, found.orElse(null))
                    .ifPresent(this::report);
        } catch (GeneralSecurityException | ProviderException | IOException e) {
            report(Finding.problem("certificate", e));
        }
    }

    /**
     * Returns the certificate chain of an entry in the file, in the order and with the issuers that the KeyStore
     * returns. Empty if the entry has no certificate.
     */
    private List<X509Certificate> certificatesInFile(Store opened, String alias)
            throws GeneralSecurityException, IOException {
        boolean hasCertificates = opened.file()
                .flatMap(file -> file.entry(alias))
                .filter(entry -> !entry.certificates().isEmpty())
                .isPresent();
        return hasCertificates
                ? Arrays.stream(store.open().getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList()
                : List.of();
    }

    private void report(Finding finding) {
        findings.add(new KeyFinding(currentKey, finding));
        if (!json.isEnabled) {
            PrintWriter out = Output.of(spec);
            out.println(finding.line(terminal.showsColors()));
            out.flush();
        }
    }

    private void write(JsonGenerator document) throws IOException {
        document.writeStartObject();
        document.writeBooleanField("healthy", isHealthy());
        document.writeArrayFieldStart("findings");
        for (KeyFinding found : findings) {
            document.writeStartObject();
            document.writeStringField("level", found.finding.level().text());
            JsonText.writeOptional(document, "key", Optional.ofNullable(found.key));
            document.writeStringField("subject", ForeignText.clean(found.finding.subject()));
            document.writeStringField("text", ForeignText.clean(found.finding.text()));
            document.writeEndObject();
        }
        document.writeEndArray();
        document.writeEndObject();
    }
}
