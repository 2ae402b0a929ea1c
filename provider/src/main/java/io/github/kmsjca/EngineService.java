package io.github.kmsjca;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service whose engines are made by a function, since they need the provider they belong to. */
class EngineService extends Provider.Service {
    private final Supplier<Object> engine;

    EngineService(Provider provider, String type, String algorithm, Class<?> spi, Supplier<Object> engine) {
        this(provider, type, algorithm, spi, engine, List.of(), Map.of());
    }

    EngineService(
            Provider provider,
            String type,
            String algorithm,
            Class<?> spi,
            Supplier<Object> engine,
            List<String> aliases,
            Map<String, String> attributes) {
        super(provider, type, algorithm, spi.getName(), aliases, attributes);
        this.engine = engine;
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) {
        return engine.get();
    }
}
