package io.github.kmsjca;

import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.Services;
import io.github.kmsjca.internal.provider.ProviderServices;
import io.github.kmsjca.internal.provider.ProviderVersion;
import io.github.kmsjca.internal.session.KmsSessions;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The JCA provider {@value #NAME}: its keys are handles to keys in AWS KMS, and what needs them is done there.
 * See <a href="https://github.com/kmsjca/kms-jca/blob/main/docs/algorithms.md">the list of algorithms</a>.
 *
 * <pre>{@code
 * KmsProvider.install();
 * KeyStore keys = KeyStore.getInstance("AWSKMS");
 * keys.load(null, null);
 * PrivateKey key = (PrivateKey) keys.getKey("alias/release", null);
 * }</pre>
 *
 * <p>It may stand anywhere in the list of providers: it takes its own keys only. Making one costs nothing and cannot
 * fail; the AWS SDK is loaded when a key is first used. Thread-safe.
 */
public final class KmsProvider extends Provider implements AutoCloseable {
    /** The name of the provider and of its KeyStore type. */
    public static final String NAME = "AWSKMS";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration;
    private final transient KmsSessions sessions;
    private final transient Service random;
    private final transient List<Service> beyondSignatures;

    /** Makes a provider that is configured by system properties, the environment and what the AWS SDK reads. */
    public KmsProvider() {
        this(new Configuration(), new KmsSessions());
    }

    private KmsProvider(Configuration configuration, KmsSessions sessions) {
        super(
                NAME,
                ProviderVersion.TEXT,
                "AWS KMS: private and secret keys that never leave the service, and a KeyStore of them");
        this.configuration = configuration;
        this.sessions = sessions;
        ProviderServices services = new ProviderServices(this, configuration, sessions);
        services.ofSecurity().forEach(this::putService);
        random = services.ofRandom();
        beyondSignatures = services.ofCrypto();
        offer(configuration.offered());
    }

    private void offer(Services which) {
        if (which == Services.ALL) {
            beyondSignatures.forEach(this::putService);
        } else {
            beyondSignatures.forEach(this::removeService);
        }
    }

    /**
     * Registers a provider in the JVM's list, where libraries find it: in front of the first provider that offers
     * RSASSA-PSS or ML-DSA, since libraries that set parameters before the key never get past that one. If a provider of
     * this class is registered already, it is moved there if it stands too far back, and otherwise nothing is done. Call
     * it at start-up: while a provider is moved, other threads do not find it.
     *
     * @return the registered provider
     * @throws IllegalStateException if another class is registered under this provider's name, such as this one loaded by
     *     another class loader; the text names both
     */
    public static synchronized KmsProvider install() {
        Provider present = Security.getProvider(NAME);
        if (present != null && !(present instanceof KmsProvider)) {
            throw new IllegalStateException("a provider " + NAME + " is registered already: "
                    + present.getClass().getName() + " of " + present.getClass().getClassLoader()
                    + ", and not that of " + KmsProvider.class.getClassLoader()
                    + "; keep the library in one of the two places");
        }
        KmsProvider ours = present == null ? new KmsProvider() : (KmsProvider) present;
        List<Provider> list = List.of(Security.getProviders());
        if (present == null || list.indexOf(present) > firstOther(list)) {
            Security.removeProvider(NAME);
            Security.insertProviderAt(ours, firstOther(List.of(Security.getProviders())) + 1);
        }
        return ours;
    }

    /** Returns the index of the first other provider with such signatures; the length of the list if there is none. */
    private static int firstOther(List<Provider> list) {
        int index = 0;
        while (index < list.size() && !isOtherWithParameters(list.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean isOtherWithParameters(Provider provider) {
        return !provider.getName().equals(NAME)
                && (provider.getService("Signature", "RSASSA-PSS") != null
                        || provider.getService("Signature", "ML-DSA") != null);
    }

    /** Returns a builder of a provider with settings, credentials or KMS clients that the program gives. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a service. Random numbers are available only by name, and are not among {@link #getServices}: the JCA makes
     * the first provider that lists any the default of the JVM.
     */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return type.equals(ProviderServices.SECURE_RANDOM) && algorithm.equalsIgnoreCase(NAME)
                ? random
                : super.getService(type, algorithm);
    }

    /**
     * Configures this provider with settings that go before all others: {@code name=value;name=value}, or the name of a
     * file with one setting a line. It has to be done before the provider is used; a provider of the {@link #builder}
     * keeps its settings.
     *
     * @return this provider: a new one would be ignored by the tools when the name is already registered
     * @throws io.github.kmsjca.key.SettingsException if a setting is unknown or its value is wrong, or if the provider is
     *     in use; it is a ProviderException because jarsigner reports InvalidParameterException as a provider that was
     *     not found
     */
    @Override
    public Provider configure(String argument) {
        offer(configuration.configure(argument));
        return this;
    }

    /**
     * Removes this provider from the JVM's list if it is there, and closes every connection that it has made. Clients
     * that the program gave stay open. Later use of its keys is a {@link io.github.kmsjca.key.KmsException}. Closing it
     * again does nothing.
     */
    @Override
    @SuppressWarnings("ReferenceEquality") // another provider of this class may be registered
    public void close() {
        if (Security.getProvider(NAME) == this) {
            Security.removeProvider(NAME);
        }
        sessions.close();
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a provider of KMS keys cannot be serialized");
    }

    /**
     * Builds a provider. The provider is not registered: give it to {@code getInstance}, or to {@link
     * Security#insertProviderAt}. Not thread-safe.
     *
     * <pre>{@code
     * KmsProvider provider = KmsProvider.builder()
     *         .setting("region", "eu-west-1")
     *         .credentials(StsAssumeRoleCredentialsProvider.builder().build())
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private @Nullable AwsCredentialsProvider credentials;
        private @Nullable Function<Region, KmsClient> clients;

        private Builder() {}

        /**
         * Sets a setting, by the name and with the text that the documents give; it goes before all other sources. A
         * second text for the same name replaces the first.
         */
        public Builder setting(String name, String text) {
            settings.put(name, text);
            return this;
        }

        /** Sets where credentials come from, instead of the SDK's own search. It stays the program's to close. */
        public Builder credentials(AwsCredentialsProvider provider) {
            credentials = provider;
            return this;
        }

        /**
         * Sets KMS clients of the program's own, with its interceptors, metrics and roles. The settings of profile,
         * endpoint, attempts and time limits then have no effect and are refused, wherever they stand. Several Regions
         * and the checks of answers work as always.
         *
         * @param function returns the client for a Region; it is called once for each, by any thread, and the clients stay
         *     the program's to close
         */
        public Builder clients(Function<Region, KmsClient> function) {
            clients = function;
            return this;
        }

        /**
         * Returns the provider; makes no call.
         *
         * @throws io.github.kmsjca.key.SettingsException if a setting is unknown, wrong or without effect
         * @throws IllegalStateException if both credentials and clients are set: the clients have their own
         */
        public KmsProvider build() {
            if (credentials != null && clients != null) {
                throw new IllegalStateException(
                        "both credentials and clients are set; give the clients the credentials");
            }
            ClientSource source = new ClientSource(credentials, clients);
            return new KmsProvider(new Configuration(settings, source.isOwn()), new KmsSessions(() -> source));
        }
    }
}
