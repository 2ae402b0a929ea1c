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
 * Finds the engine of another provider for a key that is not ours: the first installed one that takes the key, as the
 * JCA itself would. Immutable.
 */
public final class OtherProviders {
    private final Class<? extends Provider> ours;

    /**
     * Makes a finder for one provider.
     *
     * @param ours the class of provider to pass over, lest it be asked for what it is asking for
     */
    public OtherProviders(Class<? extends Provider> ours) {
        this.ours = ours;
    }

    /** Makes an engine of a provider that is ready for the key. */
    @FunctionalInterface
    public interface Opening<E> {
        E open(Provider provider) throws GeneralSecurityException;
    }

    /** A type of service and a name, of which an engine is wanted for a key. */
    public record Wanted(String type, String name, @Nullable Key key) {
        private boolean isOfferedBy(Provider provider) {
            Provider.Service service = provider.getService(type, name);
            return service != null && service.supportsParameter(key);
        }

        /** Returns the same of another service that can stand in for this one. */
        public Wanted by(String otherType, String otherName) {
            return new Wanted(otherType, otherName, key);
        }
    }

    /**
     * Returns an engine that is ready for a key.
     *
     * @throws InvalidKeyException the first refusal, if no provider takes the key
     */
    public <E> E find(Wanted wanted, Opening<E> opening) throws InvalidKeyException {
        return find(wanted, wanted::isOfferedBy, opening);
    }

    /**
     * Returns an engine that is ready for a key and parameters.
     *
     * @throws InvalidKeyException the first refusal, if no provider takes the key
     * @throws InvalidAlgorithmParameterException instead, if it was of the parameters
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

    /** Returns an engine that is ready for a key, of a provider that offers the service or the one that stands in. */
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
                        "no installed provider offers " + wanted.name + " for a key of " + wanted.key.getClass());
    }

    private static InvalidKeyException invalid(Exception refusal) {
        return refusal instanceof InvalidKeyException itself
                ? itself
                : new InvalidKeyException(refusal.getMessage(), refusal);
    }
}
