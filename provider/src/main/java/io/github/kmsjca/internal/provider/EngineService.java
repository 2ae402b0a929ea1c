package io.github.kmsjca.internal.provider;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service that creates its engines with a function, because the constructors of the engines have parameters. */
class EngineService extends Provider.Service {
    private final EngineFactory factory;

    EngineService(Provider provider, Description description, Engine engine) {
        super(
                provider,
                description.type,
                description.algorithm,
                engine.spi.getName(),
                description.aliases,
                description.attributes);
        this.factory = engine.factory;
    }

    /** The names and the attributes of a service. */
    record Description(String type, String algorithm, List<String> aliases, Map<String, String> attributes) {
        static Description of(String type, String algorithm) {
            return new Description(type, algorithm, List.of(), Map.of());
        }
    }

    /** The class of the engines, and what creates them. */
    record Engine(Class<?> spi, EngineFactory factory) {}

    /** Creates an engine. If the factory throws NoSuchAlgorithmException, the JCA tries the next provider. */
    @FunctionalInterface
    interface EngineFactory {
        Object create() throws NoSuchAlgorithmException;
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) throws NoSuchAlgorithmException {
        return factory.create();
    }
}
