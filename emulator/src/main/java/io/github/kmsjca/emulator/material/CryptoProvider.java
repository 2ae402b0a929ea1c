package io.github.kmsjca.emulator.material;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Where the emulator's own cryptography comes from.
 *
 * <p>Engines are always asked for from a named provider: in a test the provider under test may stand first in the
 * JVM's list, and must not serve its own emulator.
 */
public enum CryptoProvider {
    /** Makes RSA keys faster than Bouncy Castle does. */
    JDK_RSA {
        @Override
        public Provider provider() {
            return Security.getProvider("SunRsaSign");
        }
    },

    JDK_JCE {
        @Override
        public Provider provider() {
            return Security.getProvider("SunJCE");
        }
    },

    /**
     * Signs: it has secp256k1 and PSS over a digest, which the JDK has not, and its curves take a fraction of the time
     * of those in JDK 17.
     */
    BOUNCY_CASTLE {
        @Override
        public Provider provider() {
            return Loaded.BOUNCY_CASTLE;
        }
    };

    /** Returns the provider, loaded at its first use. */
    public abstract Provider provider();

    /** Delays the cost of loading Bouncy Castle to its first use. */
    private static final class Loaded {
        static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    }
}
