package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;

/** A program for {@link ChildJvm}. It installs a provider and closes it without using it. */
public final class UnusedProvider {
    private UnusedProvider() {}

    public static void main(String[] arguments) {
        KmsProvider.install().close();
    }
}
