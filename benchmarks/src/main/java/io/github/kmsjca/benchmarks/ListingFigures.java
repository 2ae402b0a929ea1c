package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.benchmarks.Figure.Bound;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * Compares the time to list an account with the provider and with an SDK client, and the time to load an AWSKMS file
 * and a PKCS #12 file, for several numbers of aliases and certificates.
 */
final class ListingFigures {
    private static final KeyFolder.Kind KIND = new KeyFolder.Kind("ECC_NIST_P256", "EC", 256);

    /** The KMS quota of aliases for one key. */
    private static final int ALIASES_PER_KEY = 50;

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final Path jar;
    private final Plan plan;

    /**
     * How much to measure.
     *
     * @param aliases the numbers of aliases in the account, and of certificates in the files
     * @param turns the number of turns that count
     */
    record Plan(List<Integer> aliases, int turns) {}

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar
     */
    ListingFigures(Path jar, Plan plan) {
        this.jar = jar;
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws Exception {
        Path folder = Files.createTempDirectory("kms-jca");
        try (KmsProcess kms = KmsProcess.start(List.of(KIND.spec()), 0);
                SystemProperties set = SystemProperties.set(kms.properties())) {
            KeyFolder keys = new KeyFolder(folder, jar.toAbsolutePath(), set.properties());
            keys.writeKeys(KIND);
            for (int aliases : plan.aliases) {
                report.accept(listing(aliases));
                report.accept(loading(keys, aliases));
            }
        } finally {
            ToolFigures.delete(folder);
        }
    }

    private Figure listing(int aliases) throws Exception {
        AtomicInteger run = new AtomicInteger();
        try (KmsClient client = KmsClient.create();
                KmsProvider provider = new KmsProvider()) {
            createAliases(client, aliases);
            return compare(
                    "list " + aliases + " aliases of the account, against the SDK",
                    () -> list(provider, run.incrementAndGet()),
                    () -> (int) client.listAliasesPaginator().aliases().stream().count(),
                    Bound.atMost(1.2));
        }
    }

    /** Creates as many aliases as are missing. */
    private static void createAliases(KmsClient client, int aliases) {
        int present = (int) client.listAliasesPaginator().aliases().stream().count();
        String key = "";
        for (int i = present; i < aliases; i++) {
            if (key.isEmpty() || i % ALIASES_PER_KEY == 0) {
                key = client.createKey(request -> request.keySpec(KIND.spec()).keyUsage(KeyUsageType.SIGN_VERIFY))
                        .keyMetadata()
                        .keyId();
            }
            client.createAlias(CreateAliasRequest.builder()
                    .aliasName("alias/" + i)
                    .targetKeyId(key)
                    .build());
        }
    }

    /**
     * Lists the aliases with requests to KMS. The provider caches the list for each configuration, so each run needs a
     * new configuration. Another account id in the setting {@code accounts} is enough for that. It affects neither the
     * listing nor the provider's SDK client, which all runs share.
     *
     * @param run a number that no earlier run with this provider had
     */
    static int list(Provider provider, int run) throws IOException, GeneralSecurityException {
        KeyStore account = KeyStore.getInstance(KmsProvider.NAME, provider);
        account.load(KmsLoadStoreParameter.ofDiscovery().with("accounts", String.format(Locale.ROOT, "%012d", run)));
        return Collections.list(account.aliases()).size();
    }

    private Figure loading(KeyFolder keys, int certificates) throws Exception {
        KeyFolder.CertificateFiles files = keys.writeCertificates(certificates);
        try (KmsProvider provider = new KmsProvider()) {
            return compare(
                    "load a file of " + certificates + " certificates, against PKCS #12",
                    () -> load(KeyStore.getInstance(KmsProvider.NAME, provider), files.awskms()),
                    () -> load(KeyStore.getInstance("PKCS12"), files.pkcs12()),
                    Bound.none());
        }
    }

    private static int load(KeyStore keystore, Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, KeyFolder.PASSWORD.toCharArray());
        }
        return keystore.size();
    }

    private Figure compare(String name, Callable<Integer> ours, Callable<Integer> base, Bound bound) throws Exception {
        List<Double> oursTimes = new ArrayList<>();
        List<Double> baseTimes = new ArrayList<>();
        // the first runs do not count, because they are slower than the others
        time(ours);
        time(base);
        for (int turn = 0; turn < plan.turns; turn++) {
            oursTimes.add(time(ours));
            baseTimes.add(time(base));
        }
        return new Figure(name, "ms", oursTimes, baseTimes, bound);
    }

    private static double time(Callable<Integer> work) throws Exception {
        long start = System.nanoTime();
        int found = work.call();
        double time = (System.nanoTime() - start) / NANOS_PER_MILLISECOND;
        if (found == 0) {
            throw new IOException("no alias or certificate was found");
        }
        return time;
    }
}
