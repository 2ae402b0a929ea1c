package io.github.kmsjca.internal.provider;

import io.github.kmsjca.internal.generator.Generators;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The service for a generator. {@link Generators} decides which programs get the generator. */
final class GeneratorService extends EngineService {
    private final Generators generators;
    private final String jcaClass;

    /**
     * Creates a service.
     *
     * @param jcaClass the JCA class whose {@code getInstance} programs call
     */
    GeneratorService(Generators generators, String jcaClass, String algorithm, Engine engine) {
        super(generators.provider(), Description.of(Generators.type(jcaClass), algorithm), engine);
        this.generators = generators;
        this.jcaClass = jcaClass;
    }

    @Override
    public Object newInstance(@Nullable Object constructorParameter) throws NoSuchAlgorithmException {
        generators.requireNotFirst(jcaClass, getAlgorithm());
        return super.newInstance(constructorParameter);
    }
}
