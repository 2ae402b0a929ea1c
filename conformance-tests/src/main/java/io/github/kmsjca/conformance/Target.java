package io.github.kmsjca.conformance;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * The service that the suites test the provider against. The system property {@code kms.target} selects the service.
 * The value {@code aws} selects the real service, and any other value is the endpoint of a service. Without the
 * property, the service is an emulator in this JVM. For any other service, the system property
 * {@code kms.target.region} sets the Region. Without it, the Region is the default Region of the AWS SDK.
 *
 * <p>The alias of a key consists of {@code alias/kms-jca-conformance/}, the key spec and, unless the key usage is
 * signing, the key usage. In the emulator in this JVM, this class creates missing keys. In any other service, it
 * creates them only with {@code kms.target.create=true}, and does not delete them afterwards. Safe for use by many
 * threads.
 */
public final class Target implements AutoCloseable {
    /** The prefix of the alias of each key. */
    public static final String ALIAS_PREFIX = "alias/kms-jca-conformance/";

    private static final String SIGNING = "SIGN_VERIFY";

    private final Place place;
    private final Optional<KmsEmulator> emulator;
    private final boolean createsKeys;
    private final KmsClient client;
    private final Provider provider;
    private final Map<KeyKind, Search> searches = new ConcurrentHashMap<>();

    private Target(Place place, Optional<KmsEmulator> emulator, boolean createsKeys) {
        this.place = place;
        this.emulator = emulator;
        this.createsKeys = createsKeys;
        this.client = place.client();
        this.provider = provider("");
    }

    /** The endpoint and the Region of the service. If one of them is empty, the AWS SDK chooses it. */
    private record Place(Optional<URI> endpoint, Optional<String> region) {
        static Place of(String target) {
            return new Place(
                    target.equals("aws") ? Optional.empty() : Optional.of(URI.create(target)),
                    Optional.ofNullable(System.getProperty("kms.target.region")));
        }

        KmsClient client() {
            KmsClientBuilder builder = KmsClient.builder();
            endpoint.ifPresent(builder::endpointOverride);
            region.map(Region::of).ifPresent(builder::region);
            return builder.build();
        }

        Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>();
            endpoint.ifPresent(uri -> settings.put("endpoint", uri.toString()));
            region.ifPresent(name -> settings.put("region", name));
            return settings;
        }
    }

    private record KeyKind(String spec, String usage) {
        String alias() {
            return ALIAS_PREFIX + spec + (usage.equals(SIGNING) ? "" : "-" + usage);
        }
    }

    /** A key, or the reason why the target has none. */
    private record Search(Optional<TargetKey> found, String whyNone) {}

    /** Opens the target that the system properties select. */
    public static Target open() {
        String target = System.getProperty("kms.target");
        if (target != null) {
            return new Target(Place.of(target), Optional.empty(), Boolean.getBoolean("kms.target.create"));
        }
        KmsEmulator emulator = KmsEmulator.start();
        Place place = new Place(Optional.of(emulator.endpoint()), Optional.of(emulator.region()));
        return new Target(place, Optional.of(emulator), true);
    }

    /** Returns the provider under test, with default settings. */
    public Provider provider() {
        return provider;
    }

    /**
     * Returns another provider for the same service. The settings have the form that {@link KmsProvider#configure}
     * accepts.
     */
    public Provider provider(String settings) {
        StringBuilder all = new StringBuilder();
        place.settings()
                .forEach((name, value) ->
                        all.append(name).append('=').append(value).append(';'));
        return new KmsProvider().configure(all + settings);
    }

    /**
     * Returns the system properties that let another JVM call the service. They include the access key from this JVM's
     * system properties, if any.
     */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        place.settings().forEach((name, value) -> properties.put("awskms." + name, value));
        for (String name : new String[] {"aws.accessKeyId", "aws.secretAccessKey"}) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> properties.put(name, value));
        }
        return properties;
    }

    /** Returns the signing key of the given key spec. If the target has none, {@link #whyNoKey} returns the reason. */
    public Optional<TargetKey> key(String spec) {
        return search(new KeyKind(spec, SIGNING)).found();
    }

    /** Returns the reason why the target has no signing key of the given key spec, or an empty text if it has one. */
    public String whyNoKey(String spec) {
        return search(new KeyKind(spec, SIGNING)).whyNone();
    }

    /**
     * Returns the key pair with the given key spec and key usage, both spelled as in KMS.
     *
     * @throws TestAbortedException if the target does not have the key and is not the emulator in this JVM
     */
    public TargetKey key(String spec, String usage) {
        return require(search(new KeyKind(spec, usage)));
    }

    /**
     * Returns the key that was found. If there is none, the test is skipped. With the emulator in this JVM, a missing
     * key is a bug, so the test fails.
     */
    private TargetKey require(Search search) {
        if (search.found().isEmpty() && emulator.isEmpty()) {
            throw new TestAbortedException("NOT TESTED: " + search.whyNone());
        }
        return search.found().orElseThrow(() -> new AssertionError(search.whyNone()));
    }

    /** Returns a client for requests that a test sends without the provider. */
    public KmsClient client() {
        return client;
    }

    private Search search(KeyKind kind) {
        return searches.computeIfAbsent(kind, this::findOrCreate);
    }

    private Search findOrCreate(KeyKind kind) {
        String alias = kind.alias();
        try {
            return found(kind, alias);
        } catch (NotFoundException missing) {
            if (!createsKeys) {
                return new Search(Optional.empty(), "there is no " + alias + ", and kms.target.create is not true");
            }
        } catch (KmsException refusal) {
            return new Search(Optional.empty(), alias + " cannot be used: " + refusal.getMessage());
        }
        try {
            String id = client.createKey(key -> key.keySpec(kind.spec).keyUsage(kind.usage))
                    .keyMetadata()
                    .keyId();
            client.createAlias(request -> request.aliasName(alias).targetKeyId(id));
            return found(kind, alias);
        } catch (KmsException refusal) {
            return new Search(Optional.empty(), "a key for " + alias + " cannot be created: " + refusal.getMessage());
        }
    }

    private Search found(KeyKind kind, String alias) {
        var answer = client.getPublicKey(request -> request.keyId(alias));
        PrivateKey handle = handle(provider, alias);
        return new Search(
                Optional.of(new TargetKey(
                        kind.spec,
                        answer.keyId(),
                        handle,
                        new X509EncodedKeySpec(answer.publicKey().asByteArray()))),
                "");
    }

    /**
     * Returns a provider's handle to a key. The KeyStore finds the key by discovery, so the identifier is any key name
     * that KMS accepts, such as an ARN.
     */
    public static PrivateKey handle(Provider provider, String id) {
        try {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(null, null);
            return (PrivateKey) store.getKey(id, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the emulator in this JVM, for its faults and its log. Empty if the target is another service. */
    public Optional<KmsEmulator> emulator() {
        return emulator;
    }

    /**
     * Returns the emulator in this JVM, with an empty log and no faults.
     *
     * @throws TestAbortedException if the target is another service
     */
    public KmsEmulator faultFreeEmulator() {
        KmsEmulator found = emulator.orElseThrow(
                () -> new TestAbortedException("NOT TESTED: only the emulator in this JVM has a log and faults"));
        found.faults().clear();
        found.requests().clear();
        return found;
    }

    /** Makes the next Sign request fail. Returns false if this is impossible, because {@link #emulator} is empty. */
    public boolean failNextSign() {
        emulator.ifPresent(running -> running.faults().add(Fault.on("Sign").accessDenied()));
        return emulator.isPresent();
    }

    @Override
    public void close() {
        client.close();
        emulator.ifPresent(KmsEmulator::close);
    }
}
