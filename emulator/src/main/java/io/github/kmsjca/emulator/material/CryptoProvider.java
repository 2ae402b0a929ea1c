package io.github.kmsjca.emulator.material;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The JCA providers for the emulator's own cryptography.
 *
 * <p>The emulator names the JCA provider for each algorithm that uses keys. A provider under test can offer the same
 * algorithms, and the JCA could otherwise choose that provider for the emulator's own cryptography.
 */
public enum CryptoProvider {
    /** For RSA keys, which it generates faster than Bouncy Castle. */
    JDK_RSA {
        @Override
        public Provider provider() {
            return Security.getProvider("SunRsaSign");
        }
    },

    /** For AES-GCM, HMAC and RSA encryption. */
    JDK_JCE {
        @Override
        public Provider provider() {
            return Security.getProvider("SunJCE");
        }
    },

    /**
     * For signatures, elliptic curves, ML-DSA and ML-KEM. Supports secp256k1 and PSS signatures of a digest, which the
     * JDK does not support. Is much faster with elliptic curves than JDK 17.
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
