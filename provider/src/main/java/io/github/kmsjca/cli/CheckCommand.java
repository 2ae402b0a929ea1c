package io.github.kmsjca.cli;

import io.github.kmsjca.client.KmsProbe;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.SettingSource;
import io.github.kmsjca.keystore.FileEntry;
import io.github.kmsjca.keystore.KeystoreFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why signing does not work, before it is tried. */
@Command(
        name = "check",
        description = {
            "Look at what signing with keys needs, and say what is wrong and how to mend it.",
            "Tries settings, credentials, Region, permissions, the state of the keys, certificates and the clock;"
                    + " nothing is signed or changed. Without keys: all of the keystore file, or discovery alone."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final CertificateAlgorithm algorithm = new CertificateAlgorithm();

    @Mixin
    final StoreOptions store = new StoreOptions();

    @Parameters(arity = "0..*", paramLabel = "KEY", description = StoreOptions.KEY)
    List<String> keys = new ArrayList<>();

    private boolean healthy = true;

    CheckCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws GeneralSecurityException, IOException {
        Optional<KeystoreFile> file = Optional.empty();
        KmsSettings settings;
        try {
            if (store.file().isPresent()) {
                Path path = store.file().get();
                file = Optional.of(KeystoreFile.parse(Files.readAllBytes(path), path.toString()));
            }
            settings = store.configuration()
                    .settings(file.map(KeystoreFile::settings).stream().toArray(SettingSource[]::new));
        } catch (ProviderException | IOException e) {
            report(Finding.problem("settings", e));
            return ExitCode.SOFTWARE;
        }
        report(Finding.ok(
                "settings", file.map(it -> "they and " + store.keystore).orElse("they") + " can be read"));
        check(settings, file);
        return healthy ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void check(KmsSettings settings, Optional<KeystoreFile> file) throws GeneralSecurityException, IOException {
        Map<String, KeyId> ids = file.isPresent() ? ids(file.get()) : ids(settings);
        KmsProbe probe = new KmsProbe(settings, clock);
        Checkup checkup = new Checkup(settings, probe, algorithm, this::report);
        if (!checkup.access(ids.values().stream().findFirst())) {
            return;
        }
        for (Map.Entry<String, KeyId> key : ids.entrySet()) {
            check(checkup, key.getKey(), key.getValue(), file.flatMap(it -> it.entry(key.getKey())));
        }
        if (file.isEmpty()) {
            checkup.discovery();
        }
        checkup.clock();
    }

    private void check(Checkup checkup, String alias, KeyId id, Optional<FileEntry> entry)
            throws GeneralSecurityException, IOException {
        Optional<PublicKey> certified =
                entry.flatMap(it -> it.certificates().stream().findFirst()).map(Certificate::getPublicKey);
        Optional<PublicKey> publicKey = checkup.key(id, certified);
        if (publicKey.isPresent() || certified.isPresent()) {
            report(new CertificateCheck(clock).finding(chain(alias), publicKey));
        }
    }

    /** Returns the certificates as signing finds them: in the file, a setting or tags. */
    private List<X509Certificate> chain(String alias) throws GeneralSecurityException, IOException {
        KeyStore entries = store.open();
        Certificate[] chain = entries.getCertificateChain(alias);
        return chain == null
                ? List.of()
                : Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private Map<String, KeyId> ids(KeystoreFile file) {
        List<String> wanted = keys.isEmpty()
                ? file.aliases().stream()
                        .filter(alias ->
                                file.entry(alias).flatMap(FileEntry::key).isPresent())
                        .toList()
                : keys;
        Map<String, KeyId> ids = new LinkedHashMap<>();
        for (String alias : wanted) {
            ids.put(
                    alias,
                    file.entry(alias)
                            .flatMap(FileEntry::key)
                            .orElseThrow(() -> new ParameterException(
                                    Output.line(spec), store.keystore + " has no key entry '" + alias + "'")));
        }
        return ids;
    }

    private Map<String, KeyId> ids(KmsSettings settings) {
        Map<String, KeyId> ids = new LinkedHashMap<>();
        for (String key : keys) {
            ids.put(
                    key,
                    Optional.ofNullable(settings.names().get(key))
                            .or(() -> KeyId.find(key))
                            .orElseThrow(() -> new ParameterException(
                                    Output.line(spec),
                                    "'" + key + "' is no key id, key ARN, alias/NAME or alias ARN")));
        }
        return ids;
    }

    private void report(Finding finding) {
        healthy &= finding.level() != Finding.Level.PROBLEM;
        PrintWriter out = Output.of(spec);
        out.println(finding);
        out.flush();
    }
}
