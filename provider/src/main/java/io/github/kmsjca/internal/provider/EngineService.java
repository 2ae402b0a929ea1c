package io.github.kmsjca.internal.provider;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service that creates its engines with a function, because the constructors of the engines have parameters. */
class EngineService extends Provider.Service {
    private final Maker maker;

    EngineService(Provider provider, Title title, Class<?> spi, Maker maker) {
        super(provider, title.type, title.algorithm, spi.getName(), title.aliases, title.attributes);
        this.maker = maker;
    }

    /** The names and the attributes of a service. */
    record Title(String type, String algorithm, List<String> aliases, Map<String, String> attributes) {
        static Title of(String type, String algorithm) {
            return new Title(type, algorithm, List.of(), Map.of());
        }
    }

    /** Creates an engine. If it throws, the JCA tries the next provider. */
    @FunctionalInterface
    interface Maker {
        Object make() throws NoSuchAlgorithmException;
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) throws NoSuchAlgorithmException {
        return maker.make();
    }
}
