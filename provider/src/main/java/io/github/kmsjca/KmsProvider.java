package io.github.kmsjca;

import io.github.kmsjca.algorithm.KeyPairAlgorithm;
import io.github.kmsjca.algorithm.SignatureAlgorithm;
import io.github.kmsjca.config.Configuration;
import io.github.kmsjca.config.Services;
import io.github.kmsjca.crypto.Generators;
import io.github.kmsjca.crypto.KmsKeyPairGenerator;
import io.github.kmsjca.crypto.KmsRandom;
import io.github.kmsjca.key.KmsSessions;
import io.github.kmsjca.keystore.KmsKeyStore;
import io.github.kmsjca.keystore.KmsStores;
import io.github.kmsjca.signature.KmsSignature;
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

    private static final String SECURE_RANDOM = "SecureRandom";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Configuration configuration = new Configuration();
    private final transient KmsSessions sessions = new KmsSessions();
    private final transient Service random;
    private final transient List<Service> beyondSignatures;

    /** Makes a provider that is configured by system properties, the environment and what the AWS SDK reads. */
    public KmsProvider() {
        super(NAME, "0.1", "AWS KMS: private and secret keys that never leave the service, and a KeyStore of them");
        for (SignatureAlgorithm row : SignatureAlgorithm.values()) {
            putService(new KeyService(
                    this,
                    row,
                    new KeyService.Engine(KmsSignature.class, () -> new KmsSignature(row, KmsProvider.class))));
        }
        KmsStores stores = new KmsStores(configuration, sessions);
        putService(new EngineService(
                this, EngineService.Title.of("KeyStore", NAME), KmsKeyStore.class, () -> new KmsKeyStore(stores)));
        Generators generators = new Generators(configuration, sessions, this);
        for (KeyPairAlgorithm row : KeyPairAlgorithm.values()) {
            putService(new EngineService(
                    this,
                    EngineService.Title.of(KmsKeyPairGenerator.SERVICE, row.jcaName()),
                    KmsKeyPairGenerator.class,
                    () -> KmsKeyPairGenerator.of(row, generators)));
        }
        random = new EngineService(
                this,
                EngineService.Title.of(SECURE_RANDOM, NAME),
                KmsRandom.class,
                () -> new KmsRandom(configuration, sessions));
        beyondSignatures = new SecretServices(this, generators).all();
        offer(Services.preset());
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
        return type.equals(SECURE_RANDOM) && algorithm.equalsIgnoreCase(NAME)
                ? random
                : super.getService(type, algorithm);
    }

    /**
     * Configures this provider with settings that go before all others: {@code name=value;name=value}, or the name of a
     * file with one setting a line.
     *
     * @return this provider: a new one would be ignored by the tools when the name is already registered
     * @throws io.github.kmsjca.config.SettingsException if a setting is unknown or its value bad; it is a
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
