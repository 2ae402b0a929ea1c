package io.github.kmsjca.internal.handle;

import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the compiler generate another {@code getParams}, with this wide return type.
 *
 * <p>Java 22 and later call that method ({@code java.security.AsymmetricKey}). Without it, they would find no curve in
 * a class that is compiled for Java 17.
 */
interface NamedParameters {
    @Nullable
    AlgorithmParameterSpec getParams();
}
