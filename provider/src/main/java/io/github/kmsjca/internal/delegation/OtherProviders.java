package io.github.kmsjca.internal.delegation;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds services of other providers, above all an engine for a key that is not a KMS key. Like the JCA, it then uses
 * the first installed provider that accepts the key. Immutable.
 */
public final class OtherProviders {
    private final Class<? extends Provider> ours;

    /**
     * Creates a finder that skips one provider.
     *
     * @param ours the class of our provider, which is skipped so that our provider never calls itself
     */
    public OtherProviders(Class<? extends Provider> ours) {
        this.ours = ours;
    }

    /**
     * Creates an engine of a provider, and initializes the engine with the key. Throws an exception if the provider
     * does not accept the key.
     */
    @FunctionalInterface
    public interface Opener<E> {
        E open(Provider provider) throws GeneralSecurityException;
    }

    /** The wanted service, by type and name, and the key for it. The methods {@code find} refuse a null key. */
    public record WantedService(
            String type, String name, @Nullable Key key) {
        private boolean isOfferedBy(Provider provider) {
            Provider.Service service = provider.getService(type, name);
            return service != null && service.supportsParameter(key);
        }

        /** Returns a substitute for this service, for the same key. */
        public WantedService replacedBy(String otherType, String otherName) {
            return new WantedService(otherType, otherName, key);
        }
    }

    /**
     * Returns an engine that is initialized with the key.
     *
     * @throws InvalidKeyException if no provider accepts the key, with the reason of the first provider that refused
     *     it; also if the key is null
     */
    public <E> E find(WantedService wanted, Opener<E> opener) throws InvalidKeyException {
        return find(wanted, wanted::isOfferedBy, opener);
    }

    /**
     * Returns an engine that is initialized with the key and the parameters. The opener sets the parameters.
     *
     * @throws InvalidKeyException as in {@link #find(WantedService, Opener)}
     * @throws InvalidAlgorithmParameterException if the first provider that refused did so because of the parameters
     */
    public <E> E findWithParameters(WantedService wanted, Opener<E> opener)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            return find(wanted, opener);
        } catch (InvalidKeyException e) {
            if (e.getCause() instanceof InvalidAlgorithmParameterException wrongParameters) {
                throw wrongParameters;
            }
            throw e;
        }
    }

    /**
     * Returns an engine that is initialized with the key, from a provider that offers the service or the substitute.
     *
     * @throws InvalidKeyException as in {@link #find(WantedService, Opener)}
     */
    public <E> E find(WantedService wanted, WantedService substitute, Opener<E> opener) throws InvalidKeyException {
        return find(wanted, provider -> wanted.isOfferedBy(provider) || substitute.isOfferedBy(provider), opener);
    }

    /** Returns whether at least one other provider offers a service. */
    public boolean isOfferedByAny(String type, String name) {
        return firstService(type, name) != null;
    }

    /** Returns the service of the first other provider that offers it; null if there is none. */
    public Provider.@Nullable Service firstService(String type, String name) {
        // a loop, not a slower stream, because programs look up message digests often
        for (Provider provider : Security.getProviders()) {
            Provider.Service service = ours.isInstance(provider) ? null : provider.getService(type, name);
            if (service != null) {
                return service;
            }
        }
        return null;
    }

    /** Returns whether at least one other provider offers a service, and the opener succeeds with it. */
    public boolean isOpenedByAny(String type, String name, Opener<?> opener) {
        return Arrays.stream(Security.getProviders())
                .filter(provider -> !ours.isInstance(provider) && provider.getService(type, name) != null)
                .anyMatch(provider -> isOpenedBy(provider, opener));
    }

    private static boolean isOpenedBy(Provider provider, Opener<?> opener) {
        try {
            opener.open(provider);
            return true;
        } catch (GeneralSecurityException | RuntimeException refused) {
            return false;
        }
    }

    private <E> E find(WantedService wanted, Predicate<Provider> offers, Opener<E> opener) throws InvalidKeyException {
        if (wanted.key == null) {
            throw new InvalidKeyException("the key is null");
        }
        InvalidKeyException firstRefusal = null;
        for (Provider provider : Security.getProviders()) {
            if (ours.isInstance(provider) || !offers.test(provider)) {
                continue;
            }
            try {
                return opener.open(provider);
            } catch (GeneralSecurityException | RuntimeException e) {
                // like the JCA, also tries the next provider after exceptions that an engine does not declare: Bouncy
                // Castle refuses some RSA keys with IllegalArgumentException
                firstRefusal = firstRefusal == null ? asInvalidKey(e) : firstRefusal;
            }
        }
        throw firstRefusal != null
                ? firstRefusal
                : new InvalidKeyException("kms-jca found no other provider that offers " + wanted.name
                        + " for a key of " + wanted.key.getClass());
    }

    private static InvalidKeyException asInvalidKey(Exception refusal) {
        return refusal instanceof InvalidKeyException invalidKey
                ? invalidKey
                : new InvalidKeyException(refusal.getMessage(), refusal);
    }
}
