package io.github.kmsjca.internal.delegation;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds an engine of another provider for a key that is not a KMS key. Like the JCA, it uses the first installed
 * provider that accepts the key. Immutable.
 */
public final class OtherProviders {
    private final Class<? extends Provider> ours;

    /**
     * Creates a finder that skips one provider.
     *
     * @param ours the class of this provider, which is skipped so that it never calls itself
     */
    public OtherProviders(Class<? extends Provider> ours) {
        this.ours = ours;
    }

    /** Creates an engine of a provider and initializes it with the key. */
    @FunctionalInterface
    public interface Opening<E> {
        E open(Provider provider) throws GeneralSecurityException;
    }

    /** The wanted service, by type and name, and the key for it. */
    public record Wanted(String type, String name, @Nullable Key key) {
        private boolean isOfferedBy(Provider provider) {
            Provider.Service service = provider.getService(type, name);
            return service != null && service.supportsParameter(key);
        }

        /** Returns the same key with another service that can replace this one. */
        public Wanted by(String otherType, String otherName) {
            return new Wanted(otherType, otherName, key);
        }
    }

    /**
     * Returns an engine that is initialized with the key.
     *
     * @throws InvalidKeyException the first refusal, if no provider accepts the key
     */
    public <E> E find(Wanted wanted, Opening<E> opening) throws InvalidKeyException {
        return find(wanted, wanted::isOfferedBy, opening);
    }

    /**
     * Returns an engine that is initialized with the key and the parameters.
     *
     * @throws InvalidKeyException the first refusal, if no provider accepts the key
     * @throws InvalidAlgorithmParameterException the first refusal, if the parameters caused it
     */
    public <E> E findWithParameters(Wanted wanted, Opening<E> opening)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            return find(wanted, opening);
        } catch (InvalidKeyException e) {
            if (e.getCause() instanceof InvalidAlgorithmParameterException unfit) {
                throw unfit;
            }
            throw e;
        }
    }

    /**
     * Returns an engine that is initialized with the key, from a provider that offers the service or its substitute.
     */
    public <E> E find(Wanted wanted, Wanted substitute, Opening<E> opening) throws InvalidKeyException {
        return find(wanted, provider -> wanted.isOfferedBy(provider) || substitute.isOfferedBy(provider), opening);
    }

    private <E> E find(Wanted wanted, Predicate<Provider> offers, Opening<E> opening) throws InvalidKeyException {
        if (wanted.key == null) {
            throw new InvalidKeyException("the key is null");
        }
        InvalidKeyException refusal = null;
        for (Provider provider : Security.getProviders()) {
            if (ours.isInstance(provider) || !offers.test(provider)) {
                continue;
            }
            try {
                return opening.open(provider);
            } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
                refusal = refusal == null ? invalid(e) : refusal;
            }
        }
        throw refusal != null
                ? refusal
                : new InvalidKeyException(
                        "no other installed provider offers " + wanted.name + " for a key of " + wanted.key.getClass());
    }

    private static InvalidKeyException invalid(Exception refusal) {
        return refusal instanceof InvalidKeyException itself
                ? itself
                : new InvalidKeyException(refusal.getMessage(), refusal);
    }
}
