package io.github.kmsjca.internal.handle;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;

/**
 * Loads Bouncy Castle's cryptography without a memory leak. When the class {@link CryptoServicesRegistrar} is loaded,
 * it stores the default parameters of DSA and Diffie-Hellman twice: for all threads, and in the current thread. In an
 * application server, where threads outlive applications, the parameters in the thread would keep the application's
 * class loader in memory. So this class removes them from the thread.
 */
public final class BouncyCastle {
    static {
        Stream.of(Property.DSA_DEFAULT_PARAMS, Property.DH_DEFAULT_PARAMS).forEach(BouncyCastle::forgetDefault);
    }

    private BouncyCastle() {}

    /**
     * Loads the class {@link CryptoServicesRegistrar}, and removes its parameters from the current thread. Call this
     * method, in a static initializer, before the first use of Bouncy Castle's digests, ciphers, signers or KEMs: they
     * load that class.
     */
    public static void initialize() {
        // the static initializer does the work, once
    }

    /**
     * Removes a parameter from the current thread if all threads have the same parameter. Keeps any other parameter,
     * because the application may have set it.
     */
    private static void forgetDefault(Property property) {
        Object[] ofThread = CryptoServicesRegistrar.clearThreadProperty(property);
        if (ofThread != null && !Arrays.equals(ofThread, CryptoServicesRegistrar.getSizedProperty(property))) {
            CryptoServicesRegistrar.setThreadProperty(property, ofThread);
        }
    }
}
