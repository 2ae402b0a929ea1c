package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.Target;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;

/** Creates the providers of a test with the time limits and attempts of the test, and closes these providers. */
final class Providers implements AutoCloseable {
    private final Target target;
    private final String limits;
    private final List<KmsProvider> created = new ArrayList<>();

    Providers(Target target, String limits) {
        this.target = target;
        this.limits = limits;
    }

    /** Returns a new provider with the limits and more settings. The provider may create keys. */
    Provider with(String settings) {
        Provider provider = target.provider(limits + ";create=true;" + settings);
        created.add((KmsProvider) provider);
        return provider;
    }

    @Override
    public void close() {
        created.forEach(KmsProvider::close);
    }
}
