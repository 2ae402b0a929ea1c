package io.github.kmsjca.internal.provider;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.KemAlgorithm;
import io.github.kmsjca.internal.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.internal.algorithm.KeyPairAlgorithm;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.crypto.KmsCipher;
import io.github.kmsjca.internal.crypto.KmsKem;
import io.github.kmsjca.internal.crypto.KmsKeyAgreement;
import io.github.kmsjca.internal.crypto.KmsMac;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.generator.Generators;
import io.github.kmsjca.internal.generator.KmsKeyGenerator;
import io.github.kmsjca.internal.generator.KmsKeyPairGenerator;
import io.github.kmsjca.internal.generator.KmsRandom;
import io.github.kmsjca.internal.keystore.KmsKeyStore;
import io.github.kmsjca.internal.keystore.KmsStores;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.signature.KmsSignature;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services of a provider, with the engine for each table row. */
public final class ProviderServices {
    /** The service type of random numbers. */
    public static final String SECURE_RANDOM = "SecureRandom";

    /** The service type of message digests. */
    public static final String MESSAGE_DIGEST = "MessageDigest";

    /** The names that {@link #messageDigest} accepts, in upper or lower case. */
    private static final Set<String> DIGESTS = Digest.forRsaAndEcdsa()
            .map(Digest::compactName)
            .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));

    private final Provider provider;
    private final OtherProviders others;
    private final Configuration configuration;
    private final KmsSessions sessions;
    private final Generators generators;

    /** Creates the services of a provider. Does no I/O. */
    public ProviderServices(Provider provider, Configuration configuration, KmsSessions sessions) {
        this.provider = provider;
        this.others = new OtherProviders(provider.getClass());
        this.configuration = configuration;
        this.sessions = sessions;
        this.generators = new Generators(configuration, sessions, provider);
    }

    /** Returns the services of {@code java.security}: signatures, the KeyStore and the key pair generators. */
    public List<Provider.Service> javaSecurity() {
        List<Provider.Service> services = new ArrayList<>();
        for (SignatureAlgorithm row : SignatureAlgorithm.values()) {
            services.add(new KeyService(
                    provider, row, KmsSignature.class, () -> new KmsSignature(row, provider.getClass())));
        }
        KmsStores stores = new KmsStores(configuration, sessions);
        services.add(new EngineService(
                provider,
                EngineService.Description.of("KeyStore", provider.getName()),
                new EngineService.Engine(KmsKeyStore.class, () -> new KmsKeyStore(stores))));
        for (KeyPairAlgorithm row : KeyPairAlgorithm.values()) {
            services.add(new GeneratorService(
                    generators,
                    KmsKeyPairGenerator.JCA_CLASS,
                    row.jcaName(),
                    new EngineService.Engine(
                            KmsKeyPairGenerator.class, () -> new KmsKeyPairGenerator(row, generators))));
        }
        return services;
    }

    /** Returns the service for random numbers. */
    public Provider.Service secureRandom() {
        return new EngineService(
                provider,
                EngineService.Description.of(SECURE_RANDOM, provider.getName()),
                new EngineService.Engine(KmsRandom.class, () -> new KmsRandom(configuration, sessions)));
    }

    /**
     * Returns the service of the first other provider that offers a message digest; null for all names except SHA256,
     * SHA384 and SHA512. Bouncy Castle requests these digests from the provider that the program names.
     */
    public Provider.@Nullable Service messageDigest(String algorithm) {
        return DIGESTS.contains(algorithm) ? others.firstService(MESSAGE_DIGEST, algorithm) : null;
    }

    /**
     * Returns the services of {@code javax.crypto}. Oracle's JDK accepts them only from a jar that is signed with a
     * certificate from Oracle, see the setting {@code services}. The services of {@link #javaSecurity} do not need
     * these services.
     */
    public List<Provider.Service> javaxCrypto() {
        List<Provider.Service> services = new ArrayList<>();
        for (CipherAlgorithm row : CipherAlgorithm.values()) {
            KeyService.ofEachName(provider, row, KmsCipher.class, () -> new KmsCipher(row, provider))
                    .forEach(services::add);
        }
        for (KeyAgreementAlgorithm row : KeyAgreementAlgorithm.values()) {
            services.add(new KeyService(
                    provider, row, KmsKeyAgreement.class, () -> new KmsKeyAgreement(row, provider.getClass())));
        }
        for (MacAlgorithm row : MacAlgorithm.values()) {
            services.add(new KeyService(provider, row, KmsMac.class, () -> new KmsMac(row, provider.getClass())));
            services.add(new GeneratorService(
                    generators,
                    KmsKeyGenerator.JCA_CLASS,
                    row.jcaName(),
                    new EngineService.Engine(KmsKeyGenerator.class, () -> new KmsKeyGenerator(row, generators))));
        }
        if (hasKem()) {
            for (KemAlgorithm row : KemAlgorithm.values()) {
                services.add(new KeyService(provider, row, KmsKem.class, () -> new KmsKem(row)));
            }
        }
        return services;
    }

    /**
     * Returns whether this JDK has the KEM API. Java 17 has it only from an update on. Without the API, {@link KmsKem}
     * cannot be loaded.
     */
    private static boolean hasKem() {
        try {
            Class.forName("javax.crypto.KEM", false, null);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
