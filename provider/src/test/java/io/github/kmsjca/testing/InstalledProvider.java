package io.github.kmsjca.testing;

import java.security.Provider;
import java.security.Security;

/** Keeps a provider in the JVM's list until {@code close} is called. */
public final class InstalledProvider implements AutoCloseable {
    private final String name;

    private InstalledProvider(Provider provider, int position) {
        this.name = provider.getName();
        if (Security.insertProviderAt(provider, position) < 0) {
            throw new IllegalStateException(name + " is installed already");
        }
    }

    public static InstalledProvider first(Provider provider) {
        return new InstalledProvider(provider, 1);
    }

    public static InstalledProvider last(Provider provider) {
        return new InstalledProvider(provider, Security.getProviders().length + 1);
    }

    @Override
    public void close() {
        Security.removeProvider(name);
    }
}
