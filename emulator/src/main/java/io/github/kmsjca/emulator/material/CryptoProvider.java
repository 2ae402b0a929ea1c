package io.github.kmsjca.emulator.material;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The JCA providers for the emulator's own cryptography.
 *
 * <p>The emulator names the provider for each algorithm that a provider under test could also offer. Without a name,
 * the JCA could choose the provider under test for the emulator's own cryptography.
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
     * Supports secp256k1 and PSS signatures of a digest; the JDK supports neither. Is much faster with elliptic curves
     * than JDK 17.
     */
    BOUNCY_CASTLE {
        @Override
        public Provider provider() {
            return Loaded.BOUNCY_CASTLE;
        }
    };

    /** Returns the provider. Bouncy Castle is loaded at the first call. */
    public abstract Provider provider();

    /** Delays the loading of Bouncy Castle until its first use. */
    private static final class Loaded {
        static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    }
}
