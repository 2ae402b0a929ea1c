package io.github.kmsjca.internal.provider;

import io.github.kmsjca.internal.generator.Generators;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A service for a generator. {@link Generators} says which programs get it. */
final class GeneratorService extends EngineService {
    private final Generators generators;
    private final Class<?> jca;

    /**
     * Creates a service.
     *
     * @param jca the JCA class whose {@code getInstance} programs call
     */
    GeneratorService(Generators generators, Class<?> jca, String algorithm, Engine engine) {
        super(generators.provider(), Description.of(jca.getSimpleName(), algorithm), engine);
        this.generators = generators;
        this.jca = jca;
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) throws NoSuchAlgorithmException {
        generators.requireNotFirst(jca, getAlgorithm());
        return super.newInstance(constructorParameter);
    }
}
