package io.github.kmsjca.testing;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a suite with Bouncy Castle first in the JVM's list of providers. */
public final class BouncyCastleFirst implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(ExtensionContext.Namespace.GLOBAL)
                .put(BouncyCastleFirst.class, InstalledProvider.first(new BouncyCastleProvider()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        InstalledProvider installed = context.getStore(ExtensionContext.Namespace.GLOBAL)
                .remove(BouncyCastleFirst.class, InstalledProvider.class);
        installed.close();
    }
}
