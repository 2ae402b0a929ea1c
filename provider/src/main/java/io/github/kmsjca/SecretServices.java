package io.github.kmsjca;

import io.github.kmsjca.algorithm.CipherAlgorithm;
import io.github.kmsjca.algorithm.KemAlgorithm;
import io.github.kmsjca.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.algorithm.MacAlgorithm;
import io.github.kmsjca.crypto.Generators;
import io.github.kmsjca.crypto.KmsCipher;
import io.github.kmsjca.crypto.KmsKem;
import io.github.kmsjca.crypto.KmsKeyAgreement;
import io.github.kmsjca.crypto.KmsKeyGenerator;
import io.github.kmsjca.crypto.KmsMac;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;

/**
 * The services of {@code javax.crypto}. Oracle's JDK takes them only from providers whose jar is signed with a
 * certificate of Oracle's, see the setting {@code services}; nothing else of the provider touches them.
 */
record SecretServices(Provider provider, Generators generators) {
    private static final Class<? extends Provider> OURS = KmsProvider.class;

    List<Provider.Service> all() {
        List<Provider.Service> services = new ArrayList<>();
        for (CipherAlgorithm row : CipherAlgorithm.values()) {
            services.add(new KeyService(
                    provider, row, new KeyService.Engine(KmsCipher.class, () -> new KmsCipher(row, OURS))));
        }
        for (KeyAgreementAlgorithm row : KeyAgreementAlgorithm.values()) {
            services.add(new KeyService(
                    provider, row, new KeyService.Engine(KmsKeyAgreement.class, () -> new KmsKeyAgreement(row, OURS))));
        }
        for (MacAlgorithm row : MacAlgorithm.values()) {
            services.add(
                    new KeyService(provider, row, new KeyService.Engine(KmsMac.class, () -> new KmsMac(row, OURS))));
            services.add(new EngineService(
                    provider,
                    EngineService.Title.of(KmsKeyGenerator.SERVICE, row.jcaName()),
                    KmsKeyGenerator.class,
                    () -> KmsKeyGenerator.of(row, generators)));
        }
        if (hasKem()) {
            for (KemAlgorithm row : KemAlgorithm.values()) {
                services.add(new KeyService(provider, row, new KeyService.Engine(KmsKem.class, () -> new KmsKem(row))));
            }
        }
        return services;
    }

    /** The API came to Java 17 with an update; before it nobody can ask for a KEM, and our engine cannot be loaded. */
    private static boolean hasKem() {
        try {
            Class.forName("javax.crypto.KEM", false, null);
            return true;
        } catch (ClassNotFoundException before) {
            return false;
        }
    }
}
