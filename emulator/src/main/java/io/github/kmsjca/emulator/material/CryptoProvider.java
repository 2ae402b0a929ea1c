package io.github.kmsjca.emulator.material;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The JCA providers for the emulator's own cryptography.
 *
 * <p>The emulator names the provider for each algorithm that the provider under test could also offer. Otherwise, in a
 * test, the JCA could choose the provider under test for the emulator's cryptography.
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
     * Supports secp256k1 and PSS signatures of a digest; the JDK supports neither. Computes with elliptic curves much
     * faster than JDK 17.
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
