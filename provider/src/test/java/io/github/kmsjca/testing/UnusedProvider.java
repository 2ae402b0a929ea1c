package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;

/** Installs a provider and closes it without use, in a {@link ChildJvm}. */
public final class UnusedProvider {
    private UnusedProvider() {}

    public static void main(String[] arguments) {
        KmsProvider.install().close();
    }
}
