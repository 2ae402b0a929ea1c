package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.SignatureAlgorithm;
import io.github.kmsjca.algorithm.SignatureScheme;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine of another provider for a key that is not ours: the first installed one that takes the key, as the
 * JCA itself would.
 */
final class OtherProviders {
    private final Class<? extends Provider> ours;

    /**
     * Makes a finder for one provider.
     *
     * @param ours the class of provider to pass over, lest it be asked for what it is asking for
     */
    OtherProviders(Class<? extends Provider> ours) {
        this.ours = ours;
    }

    /** What a found engine is made ready for. */
    interface Initialization {
        void apply(Signature engine) throws InvalidKeyException;
    }

    /** An algorithm with its parameters and the key that an engine is wanted for. */
    record Wanted(SignatureAlgorithm algorithm, @Nullable AlgorithmParameterSpec parameters, Key key) {
        /** Only we and Bouncy Castle have names for PSS with a fixed hash; everybody has the general one. */
        String name() {
            return algorithm.scheme() == SignatureScheme.RSA_PSS
                    ? SignatureAlgorithm.PSS.jcaName()
                    : algorithm.jcaName();
        }
    }

    /**
     * Returns an initialized engine.
     *
     * @throws InvalidKeyException the first refusal, if no provider takes the key
     */
    Signature find(Wanted wanted, Initialization initialization) throws InvalidKeyException {
        InvalidKeyException refusal = null;
        for (Provider provider : Security.getProviders()) {
            if (ours.isInstance(provider) || !takes(provider, wanted)) {
                continue;
            }
            try {
                return open(wanted, provider, initialization);
            } catch (InvalidKeyException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal != null
                ? refusal
                : new InvalidKeyException(
                        "no installed provider offers " + wanted.name() + " for a key of " + wanted.key.getClass());
    }

    private static boolean takes(Provider provider, Wanted wanted) {
        Provider.Service service = provider.getService("Signature", wanted.name());
        return service == null ? takesByCipher(provider, wanted) : service.supportsParameter(wanted.key);
    }

    /** The JCA makes NONEwithRSA of any RSA cipher, see {@link Signature#getInstance(String, Provider)}. */
    private static boolean takesByCipher(Provider provider, Wanted wanted) {
        return wanted.algorithm == SignatureAlgorithm.NONE_RSA && provider.getService("Cipher", "RSA") != null;
    }

    private static Signature open(Wanted wanted, Provider provider, Initialization initialization)
            throws InvalidKeyException {
        try {
            Signature engine = Signature.getInstance(wanted.name(), provider);
            if (wanted.parameters != null) {
                engine.setParameter(wanted.parameters);
            }
            initialization.apply(engine);
            return engine;
        } catch (NoSuchAlgorithmException
                | InvalidAlgorithmParameterException
                | ProviderException
                | InvalidParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }
}
