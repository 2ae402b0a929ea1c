package io.github.kmsjca;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service whose engines are made by a function, since they need the provider they belong to. */
class EngineService extends Provider.Service {
    private final Supplier<Object> engine;

    EngineService(Provider provider, Title title, Class<?> spi, Supplier<Object> engine) {
        super(provider, title.type, title.algorithm, spi.getName(), title.aliases, title.attributes);
        this.engine = engine;
    }

    /** What a service is called and says of itself. */
    record Title(String type, String algorithm, List<String> aliases, Map<String, String> attributes) {
        static Title of(String type, String algorithm) {
            return new Title(type, algorithm, List.of(), Map.of());
        }
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) {
        return engine.get();
    }
}
