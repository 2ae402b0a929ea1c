package io.github.kmsjca.spring;

import java.security.KeyStore;
import java.util.concurrent.Callable;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a context with the starter, in the class loader of this class, uses the provider, and returns the context. */
public final class DeployedApplication implements Callable<AutoCloseable> {
    @Override
    public AutoCloseable call() throws Exception {
        GenericApplicationContext context = new GenericApplicationContext();
        new KmsProviderInitializer().initialize(context);
        context.refresh();
        KeyStore.getInstance("AWSKMS").load(null, null);
        return context;
    }
}
