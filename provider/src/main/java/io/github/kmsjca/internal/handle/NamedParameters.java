package io.github.kmsjca.internal.handle;

import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code getParams} with the return type that {@code java.security.AsymmetricKey} has since Java 22.
 *
 * <p>Because of this interface, the compiler adds a method with that return type to each class whose {@code getParams}
 * returns a subtype of {@link AlgorithmParameterSpec}. Java 22 and later call the added method. Without the added
 * method, Java would not find the curve of the key.
 */
interface NamedParameters {
    /** Returns the parameters of the key; null if the key has none. */
    @Nullable
    AlgorithmParameterSpec getParams();
}
