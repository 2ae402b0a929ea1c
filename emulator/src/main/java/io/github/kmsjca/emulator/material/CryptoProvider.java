package io.github.kmsjca.emulator.material;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The JCA providers for the emulator's own cryptography.
 *
 * <p>The emulator always names the provider. Otherwise the provider under test could do the emulator's cryptography.
 */
public enum CryptoProvider {
    /** Generates RSA keys faster than Bouncy Castle. */
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
     * Has secp256k1 and PSS of a digest, which the JDK lacks. Its elliptic curves are much faster than those of JDK 17.
     */
    BOUNCY_CASTLE {
        @Override
        public Provider provider() {
            return Loaded.BOUNCY_CASTLE;
        }
    };

    /** Returns the provider. Bouncy Castle is loaded at the first call. */
    public abstract Provider provider();

    /** Delays the cost of loading Bouncy Castle to its first use. */
    private static final class Loaded {
        static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    }
}
