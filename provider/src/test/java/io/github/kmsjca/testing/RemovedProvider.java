package io.github.kmsjca.testing;

import java.security.Provider;
import java.security.Security;
import java.util.List;

/** Keeps a provider out of the JVM's list until {@code close} is called. */
public final class RemovedProvider implements AutoCloseable {
    private final Provider provider;
    private final int position;

    private RemovedProvider(Provider provider) {
        this.provider = provider;
        this.position = List.of(Security.getProviders()).indexOf(provider) + 1;
        Security.removeProvider(provider.getName());
    }

    /** Removes the installed provider with this name. */
    public static RemovedProvider named(String name) {
        return new RemovedProvider(Security.getProvider(name));
    }

    @Override
    public void close() {
        Security.insertProviderAt(provider, position);
    }
}
