package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.account.Account;
import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KeyLabels;
import io.github.kmsjca.emulator.account.KeyOrigin;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.control.Faults;
import io.github.kmsjca.emulator.control.RequestLog;
import io.github.kmsjca.emulator.server.HttpListener;
import io.github.kmsjca.emulator.server.Service;
import io.github.kmsjca.emulator.server.SignatureCheck;
import io.github.kmsjca.emulator.state.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Emulates AWS KMS for tests, with a real HTTP server and real cryptography. Do not put production keys in it.
 *
 * <p>Safe for use by many threads. The methods that create keys and aliases need no client. Faults do not affect these
 * methods, and the request log does not contain their calls. If a state file cannot be written, they throw a
 * {@code ServiceException} of type {@code KMSInternalException}.
 */
public final class KmsEmulator implements AutoCloseable {
    private static final String ACCOUNT_ID = "111122223333";

    private final Regions regions;
    private final HttpListener listener;
    private final Faults faults;
    private final RequestLog requests;

    private KmsEmulator(Regions regions, HttpListener listener, Faults faults, RequestLog requests) {
        this.regions = regions;
        this.listener = listener;
        this.faults = faults;
        this.requests = requests;
    }

    /** Starts an emulator on a free port of the loopback address, for the Region us-east-1. */
    public static KmsEmulator start() {
        return start(EmulatorOptions.defaults());
    }

    /**
     * Starts an emulator.
     *
     * @throws IllegalArgumentException if a Region is not a valid Region name, or the port is not a valid port number
     * @throws UncheckedIOException if the emulator cannot listen on the address and port
     * @throws io.github.kmsjca.emulator.state.StateFileException if the state file is damaged, cannot be read, or has a
     *     Region that the options do not have
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the state file cannot be written
     */
    public static KmsEmulator start(EmulatorOptions options) {
        return start(options, emulator -> {});
    }

    /**
     * Starts an emulator that answers no request before {@code preparation} has run, for example to create the first
     * keys. Clients that connect earlier wait. If {@code preparation} fails, the emulator is closed.
     */
    static KmsEmulator start(EmulatorOptions options, Consumer<KmsEmulator> preparation) {
        KmsEmulator emulator = open(options);
        boolean isStarted = false;
        try {
            preparation.accept(emulator);
            emulator.listener.start();
            isStarted = true;
            return emulator;
        } finally {
            if (!isStarted) {
                emulator.close();
            }
        }
    }

    private static KmsEmulator open(EmulatorOptions options) {
        Regions regions = loadRegions(options);
        SignatureCheck check = options.credentials()
                .map(credentials -> new SignatureCheck(credentials, options.clock()))
                .orElse(null);
        Faults faults = new Faults();
        RequestLog requests = new RequestLog();
        try {
            HttpListener listener =
                    HttpListener.open(options.host(), options.port(), new Service(regions, check, faults, requests));
            return new KmsEmulator(regions, listener, faults, requests);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + options.host() + " port " + options.port() + ": " + e.getMessage(), e);
        }
    }

    private static Regions loadRegions(EmulatorOptions options) {
        List<Location> locations = options.regions().stream()
                .map(region -> new Location(region, ACCOUNT_ID))
                .toList();
        if (options.state().isEmpty()) {
            return new Regions(locations, options.clock(), Map.of(), state -> {});
        }
        StateFile file = new StateFile(options.state().get(), locations);
        Regions regions = new Regions(locations, options.clock(), file.load(), file);
        // if the file cannot be written, this call fails at the start, before the first key is created
        regions.save();
        return regions;
    }

    /** Returns the URL for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_KMS}. */
    public URI endpoint() {
        return listener.endpoint();
    }

    /** Returns the default Region, which is the first one that the emulator serves. */
    public String region() {
        return regions().get(0);
    }

    /** Returns the Regions that the emulator serves. */
    public List<String> regions() {
        return List.copyOf(regions.accounts().keySet());
    }

    /** Returns the list of faults, to which a test adds its faults. */
    public Faults faults() {
        return faults;
    }

    /** Returns the log of requests. */
    public RequestLog requests() {
        return requests;
    }

    /**
     * Creates a key in the default Region. Its usage is signing if the spec allows it, and otherwise the only usage
     * of the spec.
     *
     * @param spec the name of a key spec, such as {@code ECC_NIST_P256}
     * @return the key ARN
     * @throws IllegalArgumentException if {@code spec} is not the name of a key spec
     */
    public String createKey(String spec) {
        return createKey(spec, KeySpec.valueOf(spec).defaultUsage().name());
    }

    /**
     * Creates a key in the default Region.
     *
     * @param spec the name of a key spec, such as {@code ECC_NIST_P256}
     * @param usage the name of a key usage, such as {@code SIGN_VERIFY}
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec or usage
     * @throws io.github.kmsjca.emulator.wire.ServiceException if a key of this spec cannot have this usage
     */
    public String createKey(String spec, String usage) {
        return createKeyIn(region(), spec, usage);
    }

    /**
     * Creates a key in a Region.
     *
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such Region, spec or usage
     * @throws io.github.kmsjca.emulator.wire.ServiceException if a key of this spec cannot have this usage
     */
    public String createKeyIn(String region, String spec, String usage) {
        return createKey(account(region), KeyScope.SINGLE_REGION, purpose(spec, usage));
    }

    /**
     * Creates a multi-Region primary key in the default Region.
     *
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec or usage
     * @throws io.github.kmsjca.emulator.wire.ServiceException if a key of this spec cannot have this usage
     */
    public String createMultiRegionKey(String spec, String usage) {
        return createKey(account(region()), KeyScope.PRIMARY, purpose(spec, usage));
    }

    private static String createKey(Account account, KeyScope scope, KeyPurpose purpose) {
        return account.createKey(purpose, KeyOrigin.AWS_KMS, scope, KeyLabels.none())
                .arn();
    }

    private static KeyPurpose purpose(String spec, String usage) {
        return new KeyPurpose(KeySpec.valueOf(spec), KeyUsage.valueOf(usage));
    }

    /**
     * Creates a replica of a multi-Region key.
     *
     * @param primaryArn the ARN of the primary key
     * @param region the Region of the replica
     * @return the ARN of the replica
     * @throws IllegalArgumentException if {@code primaryArn} is malformed, or the emulator does not serve its Region
     * @throws io.github.kmsjca.emulator.wire.ServiceException if {@code ReplicateKey} would fail, for example because
     *     the emulator does not serve {@code region}
     */
    public String replicateKey(String primaryArn, String region) {
        KmsKey primary = new KeyFinder(accountOf(primaryArn)).findWithoutAlias(primaryArn, "ReplicateKey");
        return regions.replicate(primary, region, KeyLabels.none()).arn();
    }

    private Account account(String region) {
        return Optional.ofNullable(regions.accounts().get(region))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the emulator serves the Regions " + regions() + ", not '" + region + "'"));
    }

    private Account accountOf(String key) {
        return account(key.startsWith("arn:") ? Location.of(key).region() : region());
    }

    /**
     * Creates a key with an alias in the default Region.
     *
     * @param alias the name of the alias, which begins with {@code alias/}
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec or usage, or KMS would refuse the name of the
     *     alias
     * @throws io.github.kmsjca.emulator.wire.ServiceException if a key of this spec cannot have this usage, or the
     *     alias exists; the emulator then creates no key
     */
    public String createKey(String spec, String usage, String alias) {
        AliasName.require(alias);
        return account(region()).createKey(purpose(spec, usage), alias).arn();
    }

    /**
     * Creates an alias as {@link #createAliases} does.
     *
     * @param alias the name of the alias, which begins with {@code alias/}
     * @param key the key ARN, or the id of a key in the default Region
     */
    public void createAlias(String alias, String key) {
        createAliases(List.of(alias), key);
    }

    /**
     * Creates aliases for one key, in the Region of the key. This method ignores the KMS quota of 50 aliases for each
     * key, because AWS can raise that quota for an account.
     *
     * @param key the key ARN, or the id of a key in the default Region
     * @throws IllegalArgumentException if the key ARN is malformed, the emulator does not serve its Region, or KMS
     *     would refuse one of the names; the emulator then creates no alias
     * @throws io.github.kmsjca.emulator.wire.ServiceException if there is no such key, or one of the aliases exists;
     *     the emulator then creates none of them
     */
    public void createAliases(Collection<String> aliases, String key) {
        aliases.forEach(AliasName::require);
        Account account = accountOf(key);
        account.createAliases(
                aliases,
                new KeyFinder(account).findWithoutAlias(key, "CreateAlias").id());
    }

    /** Returns whether the default Region has this alias. */
    public boolean hasAlias(String alias) {
        return account(region()).aliases().containsKey(alias);
    }

    /** Closes the port and all connections. Every change is already in the state file, if there is one. */
    @Override
    public void close() {
        listener.close();
    }
}
