package io.github.kmsjca.internal.handle;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;

/**
 * Prepares the cryptography of Bouncy Castle. When the class {@link CryptoServicesRegistrar} is loaded, it stores the
 * default parameters of DSA and Diffie-Hellman for all threads, and again in the current thread. In an application
 * server, where threads outlive applications, the parameters in the thread would keep the class loader of the
 * application in memory.
 */
public final class BouncyCastle {
    static {
        Stream.of(Property.DSA_DEFAULT_PARAMS, Property.DH_DEFAULT_PARAMS).forEach(BouncyCastle::forgetDefault);
    }

    private BouncyCastle() {}

    /** Prepares the use of Bouncy Castle. The static initializers of classes that use its cryptography call this. */
    public static void initialize() {
        // the static initializer does the work, once
    }

    /** Removes a parameter from the current thread if it is also the parameter of all threads. */
    private static void forgetDefault(Property property) {
        Object[] ofThread = CryptoServicesRegistrar.clearThreadProperty(property);
        if (ofThread != null && !Arrays.equals(ofThread, CryptoServicesRegistrar.getSizedProperty(property))) {
            CryptoServicesRegistrar.setThreadProperty(property, ofThread);
        }
    }
}
