package io.github.kmsjca;

import io.github.kmsjca.internal.client.ClientSource;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.Services;
import io.github.kmsjca.internal.provider.ListPosition;
import io.github.kmsjca.internal.provider.ProviderServices;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.ProviderVersion;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The JCA provider {@value #NAME} for AWS KMS. Its private and secret keys are handles to KMS keys. KMS does every
 * operation that needs the key itself, so the key never leaves KMS. See the <a
 * href="https://github.com/kmsjca/kms-jca/blob/main/docs/algorithms.md">list of algorithms</a>.
 *
 * <pre>{@code
 * KmsProvider.install();
 * KeyStore keys = KeyStore.getInstance("AWSKMS");
 * keys.load(null, null);
 * PrivateKey key = (PrivateKey) keys.getKey("alias/release", null);
 * }</pre>
 *
 * <p>Operations with keys that are not KMS keys go to the other installed providers. {@link #install} registers the
 * provider in the JVM's list, in front of the providers that Java can choose before it knows the key. The constructor
 * makes no KMS call and cannot fail. The AWS SDK is loaded when the first KMS call needs it.
 *
 * <p>A KMS call that fails throws {@link io.github.kmsjca.key.KmsException}. Where the JCA demands a checked exception,
 * the {@code KmsException} is the cause of that exception. Thread-safe.
 */
public final class KmsProvider extends Provider implements AutoCloseable {
    /** The name of the provider and of its KeyStore type: {@value}. */
    public static final String NAME = "AWSKMS";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration;
    private final transient KmsSessions sessions;
    private final transient ProviderServices services;
    private final transient Service randomService;
    private final transient List<Service> cryptoServices;

    /**
     * Creates a provider without settings of its own. It uses the system properties {@code awskms.*}, the environment
     * variables {@code AWSKMS_*} and the configuration of the AWS SDK. It reads no file and makes no call until it is
     * used.
     */
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
        services = new ProviderServices(this, configuration, sessions);
        services.javaSecurity().forEach(this::putService);
        randomService = services.secureRandom();
        cryptoServices = services.javaxCrypto();
        updateCryptoServices(configuration.offered());
    }

    private void updateCryptoServices(Services offered) {
        if (offered == Services.ALL) {
            cryptoServices.forEach(this::putService);
        } else {
            cryptoServices.forEach(this::removeService);
        }
    }

    /**
     * Registers a provider in the JVM's list, in front of the first other provider that the JCA can choose before it
     * knows the key. There are two kinds of such providers:
     *
     * <ul>
     *   <li>Providers that offer RSASSA-PSS, because many libraries set the parameters before the key.
     *   <li>Providers whose ML-DSA engine the JCA keeps even if the engine refuses the key, such as Bouncy Castle LTS.
     * </ul>
     *
     * <p>Among the JDK's own providers, the place is before SunRsaSign.
     *
     * <p>If a provider of this class is already registered, this method registers no other provider. It moves the
     * registered provider forward if necessary. Call this method at start-up, because other threads do not find the
     * provider while it is being moved.
     *
     * @return the registered provider
     * @throws IllegalStateException if another class is registered under this provider's name, for example this class
     *     from another class loader; the message names both class loaders
     */
    public static synchronized KmsProvider install() {
        Provider present = Security.getProvider(NAME);
        if (present != null && !(present instanceof KmsProvider)) {
            throw new IllegalStateException("another provider named " + NAME + " is already registered: "
                    + present.getClass().getName() + " from "
                    + present.getClass().getClassLoader()
                    + ", while this class is from " + KmsProvider.class.getClassLoader()
                    + (present.getClass().getName().equals(KmsProvider.class.getName())
                            ? "; keep the library in only one of the two places"
                            : "; remove that provider"));
        }
        KmsProvider ours = present == null ? new KmsProvider() : (KmsProvider) present;
        List<Provider> list = List.of(Security.getProviders());
        if (present == null || list.indexOf(present) > ListPosition.of(NAME, list)) {
            Security.removeProvider(NAME);
            Security.insertProviderAt(ours, ListPosition.of(NAME, List.of(Security.getProviders())) + 1);
        }
        return ours;
    }

    /**
     * Returns a builder for a provider with the program's own settings, credentials or KMS clients.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a service of this provider: one that {@link #getServices} lists, or one of these services, which it does
     * not list:
     *
     * <ul>
     *   <li>The SecureRandom {@value #NAME}. The JVM's default is the first SecureRandom that a provider lists, and
     *     this one must not become the default.
     *   <li>The message digests SHA256, SHA384 and SHA512, for libraries that ask the provider of the key for a digest.
     *     The result is the service of the first other provider that offers the digest.
     * </ul>
     *
     * @return the service; null if this provider does not offer it
     */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        if (type.equals(ProviderServices.MESSAGE_DIGEST)) {
            return services.messageDigest(algorithm);
        }
        return type.equals(ProviderServices.SECURE_RANDOM) && algorithm.equalsIgnoreCase(NAME)
                ? randomService
                : super.getService(type, algorithm);
    }

    /**
     * Configures this provider with settings that override all other sources. Call it before the provider is used. A
     * provider from {@link #builder} cannot be configured again.
     *
     * @param argument settings as {@code name=value;name=value}, or the name of a file with one setting on each line
     * @return this provider, not a new one: the JDK tools ignore a new provider whose name is already registered
     * @throws io.github.kmsjca.key.SettingsException if the file cannot be read, a setting is unknown, its value is
     *     wrong, or the provider comes from {@link #builder} or is already in use with another argument or without one.
     *     This exception is not an {@code InvalidParameterException}, because jarsigner reports that exception as
     *     "Provider not found".
     */
    @Override
    public Provider configure(String argument) {
        updateCryptoServices(configuration.configure(argument));
        return this;
    }

    /**
     * Removes this provider from the JVM's list, and ends the connections and threads that it has made. The program's
     * own clients and credentials stay open.
     *
     * <p>All later KMS calls fail with {@link io.github.kmsjca.key.KmsException} and the code {@code CLOSED}. So do KMS
     * calls in progress, except those through the program's own clients. Closing the provider again does nothing.
     */
    @Override
    public void close() {
        unregister(this);
        sessions.close();
    }

    /** Removes a provider from the JVM's list, unless another provider with the same name is registered instead. */
    @SuppressWarnings("ReferenceEquality") // another instance of this class may be registered
    private static synchronized void unregister(KmsProvider provider) {
        if (Security.getProvider(NAME) == provider) {
            Security.removeProvider(NAME);
        }
    }

    /**
     * Refuses to serialize the provider.
     *
     * @param out not used
     * @throws NotSerializableException always
     */
    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("the provider " + NAME + " cannot be serialized");
    }

    /**
     * Builds a provider with the program's own settings, credentials or KMS clients. The new provider is not
     * registered: pass it to {@code getInstance} or to {@link Security#insertProviderAt}. Not thread-safe.
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
        private final List<MetricPublisher> publishers = new ArrayList<>();

        private Builder() {}

        /**
         * Sets a setting, which overrides all other sources. A second value for the same name replaces the first. See
         * the <a href="https://github.com/kmsjca/kms-jca/blob/main/docs/settings.md">list of settings</a>.
         *
         * @param name the name of the setting, such as {@code region}
         * @param text the value of the setting, such as {@code eu-west-1}
         * @return this builder
         */
        public Builder setting(String name, String text) {
            settings.put(name, text);
            return this;
        }

        /**
         * Sets where the AWS credentials come from, instead of the SDK's default chain.
         *
         * @param provider the source of the credentials; this provider never closes it
         * @return this builder
         */
        public Builder credentials(AwsCredentialsProvider provider) {
            credentials = provider;
            return this;
        }

        /**
         * Sets the program's own KMS clients, with their own interceptors, metrics and roles. The settings
         * {@code profile}, {@code endpoint}, {@code attempts}, {@code call-timeout}, {@code attempt-timeout} and
         * {@code max-connections} do not apply to these clients. If one of these settings is set, in any source, the
         * provider reports a {@link io.github.kmsjca.key.SettingsException}.
         *
         * @param function returns the client for a Region. It is called once for each Region, from any thread. This
         *     provider never closes the clients.
         * @return this builder
         */
        public Builder clients(Function<Region, KmsClient> function) {
            clients = function;
            return this;
        }

        /**
         * Adds a publisher for the metrics of the AWS SDK. The metrics contain, for each request: duration, time to get
         * credentials, time to sign the HTTP request, time to get a connection, and status. Close the publisher after
         * you close this provider.
         *
         * @param publisher receives the metrics, from any thread
         * @return this builder
         */
        public Builder metricPublisher(MetricPublisher publisher) {
            publishers.add(publisher);
            return this;
        }

        /**
         * Builds the provider. Makes no call.
         *
         * @return a new provider, which is not registered
         * @throws io.github.kmsjca.key.SettingsException if a setting is unknown, has a wrong value or has no effect
         * @throws IllegalStateException if clients are set, and credentials or metric publishers are set too: clients
         *     have their own
         */
        public KmsProvider build() {
            if (credentials != null && clients != null) {
                throw new IllegalStateException(
                        "both credentials and clients are set; set the credentials on the clients instead");
            }
            if (!publishers.isEmpty() && clients != null) {
                throw new IllegalStateException(
                        "both clients and metric publishers are set; set the publishers on the clients instead");
            }
            List<MetricPublisher> added = List.copyOf(publishers);
            ClientSource source = new ClientSource(credentials, clients)
                    .with(configuration -> added.forEach(configuration::addMetricPublisher));
            return new KmsProvider(
                    new Configuration(settings, source.hasProgramClients()), new KmsSessions(() -> source));
        }
    }
}
