package io.github.kmsjca;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.Services;
import io.github.kmsjca.internal.provider.ProviderServices;
import io.github.kmsjca.internal.session.KmsSessions;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JCA provider {@value #NAME}: its keys are handles to keys in AWS KMS, and what needs them is done there.
 * See <a href="https://github.com/kmsjca/kms-jca/blob/main/docs/algorithms.md">the list of algorithms</a>.
 *
 * <p>It may stand anywhere in the list of providers: it takes its own keys only. Making one costs nothing and cannot
 * fail; the AWS SDK is loaded when a key is first used. Thread-safe.
 */
public final class KmsProvider extends Provider {
    /** The name of the provider and of its KeyStore type. */
    public static final String NAME = "AWSKMS";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration = new Configuration();
    private final transient Service random;
    private final transient List<Service> beyondSignatures;

    /** Makes a provider that is configured by system properties, the environment and what the AWS SDK reads. */
    public KmsProvider() {
        super(NAME, "0.1", "AWS KMS: private and secret keys that never leave the service, and a KeyStore of them");
        ProviderServices services = new ProviderServices(this, configuration, new KmsSessions());
        services.ofSecurity().forEach(this::putService);
        random = services.ofRandom();
        beyondSignatures = services.ofCrypto();
        offer(Configuration.services());
    }

    private void offer(Services which) {
        if (which == Services.ALL) {
            beyondSignatures.forEach(this::putService);
        } else {
            beyondSignatures.forEach(this::removeService);
        }
    }

    /**
     * Returns a service. Random numbers are had by their name only, and are not among {@link #getServices}: of the
     * first provider that lists any, the JCA makes the default of the JVM.
     */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return type.equals(ProviderServices.SECURE_RANDOM) && algorithm.equalsIgnoreCase(NAME)
                ? random
                : super.getService(type, algorithm);
    }

    /**
     * Configures this provider with settings that go before all others: {@code name=value;name=value}, or the name of a
     * file with one setting a line.
     *
     * @return this provider: a new one would be ignored by the tools when the name is already registered
     * @throws io.github.kmsjca.key.SettingsException if a setting is unknown or its value bad; it is a
     *     ProviderException because jarsigner reports InvalidParameterException as a provider that was not found
     */
    @Override
    public Provider configure(String argument) {
        offer(configuration.configure(argument));
        return this;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a provider of KMS keys cannot be serialized");
    }
}
