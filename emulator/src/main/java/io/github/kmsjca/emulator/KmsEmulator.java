package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.control.Faults;
import io.github.kmsjca.emulator.control.RequestLog;
import io.github.kmsjca.emulator.key.Account;
import io.github.kmsjca.emulator.key.AccountState;
import io.github.kmsjca.emulator.key.KeyFinder;
import io.github.kmsjca.emulator.key.KeyPurpose;
import io.github.kmsjca.emulator.key.KeySpec;
import io.github.kmsjca.emulator.key.KeyUsage;
import io.github.kmsjca.emulator.key.Location;
import io.github.kmsjca.emulator.server.HttpListener;
import io.github.kmsjca.emulator.server.Service;
import io.github.kmsjca.emulator.state.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * An AWS KMS for tests: a real HTTP server with real keys. It is no place for real keys.
 *
 * <p>Safe for use by many threads. Keys made by the methods here need no client and are not in the request log.
 */
public final class KmsEmulator implements AutoCloseable {
    private static final String ACCOUNT_ID = "111122223333";

    private final Account account;
    private final HttpListener listener;
    private final Faults faults;
    private final RequestLog requests;

    private KmsEmulator(Account account, HttpListener listener, Faults faults, RequestLog requests) {
        this.account = account;
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
     * @throws UncheckedIOException if the port cannot be used
     * @throws io.github.kmsjca.emulator.state.StateFileException if the state file is damaged or cannot be read
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the state file cannot be written
     */
    public static KmsEmulator start(EmulatorOptions options) {
        Account account = account(options);
        Faults faults = new Faults();
        RequestLog requests = new RequestLog();
        try {
            HttpListener listener =
                    HttpListener.start(options.host(), options.port(), new Service(account, faults, requests));
            return new KmsEmulator(account, listener, faults, requests);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + options.host() + " port " + options.port() + ": " + e.getMessage(), e);
        }
    }

    private static Account account(EmulatorOptions options) {
        Location location = new Location(options.region(), ACCOUNT_ID);
        if (options.state().isEmpty()) {
            return new Account(location, options.clock(), AccountState.empty(), state -> {});
        }
        StateFile file = new StateFile(options.state().get(), location);
        Account account = new Account(location, options.clock(), file.load(), file);
        // a file that cannot be written is better known now than after the first key
        account.save();
        return account;
    }

    /** Returns the URL for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_KMS}. */
    public URI endpoint() {
        return listener.endpoint();
    }

    /** Returns the Region that the emulator plays. */
    public String region() {
        return account.location().region();
    }

    /** Returns the faults still to come, for the test to add to. */
    public Faults faults() {
        return faults;
    }

    /** Returns the log of requests. */
    public RequestLog requests() {
        return requests;
    }

    /**
     * Makes a key, for signing if its spec can sign.
     *
     * @param spec the name of a key spec, such as {@code ECC_NIST_P256}
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec
     */
    public String createKey(String spec) {
        return createKey(spec, KeySpec.valueOf(spec).usualUsage().name());
    }

    /**
     * Makes a key.
     *
     * @param spec the name of a key spec, such as {@code ECC_NIST_P256}
     * @param usage the name of a key usage, such as {@code SIGN_VERIFY}
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec or usage
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the spec and the usage do not fit
     */
    public String createKey(String spec, String usage) {
        KeyPurpose purpose = new KeyPurpose(KeySpec.valueOf(spec), KeyUsage.valueOf(usage));
        return account.createKey(purpose, "", new TreeMap<>()).arn();
    }

    /**
     * Makes a key with an alias; the alias begins with {@code alias/}.
     *
     * @return the key ARN
     * @throws IllegalArgumentException if the emulator has no such spec or usage
     * @throws io.github.kmsjca.emulator.wire.ServiceException if the spec and the usage do not fit, or the alias exists
     */
    public String createKey(String spec, String usage, String alias) {
        String arn = createKey(spec, usage);
        createAlias(alias, arn);
        return arn;
    }

    /**
     * Makes an alias.
     *
     * @param key the key id or ARN
     */
    public void createAlias(String alias, String key) {
        createAliases(List.of(alias), key);
    }

    /**
     * Makes many aliases of one key. The service's quota of aliases for a key, which can be raised there, does not hold
     * here.
     *
     * @param key the key id or ARN
     */
    public void createAliases(Collection<String> aliases, String key) {
        account.createAliases(
                aliases,
                new KeyFinder(account).findWithoutAlias(key, "CreateAlias").id());
    }

    /** Returns whether there is an alias of a name. */
    public boolean hasAlias(String alias) {
        return account.aliases().containsKey(alias);
    }

    /** Closes the port and all connections. The state file, if there is one, holds every change already. */
    @Override
    public void close() {
        listener.close();
    }
}
