package io.github.kmsjca.conformance.security;

import io.github.kmsjca.KmsProvider;
import java.security.Provider;
import java.security.Security;

/** Our provider in the list of the JVM, until {@code close} removes it. */
record Installed(Provider provider) implements AutoCloseable {
    /** The position in the list. */
    enum Position {
        FIRST,
        LAST
    }

    static Installed at(Position position, String settings) {
        Provider provider = new KmsProvider().configure(settings);
        Security.insertProviderAt(provider, position == Position.FIRST ? 1 : Security.getProviders().length + 1);
        return new Installed(provider);
    }

    @Override
    public void close() {
        Security.removeProvider(provider.getName());
    }
}
