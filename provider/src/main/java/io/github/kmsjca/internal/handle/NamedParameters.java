package io.github.kmsjca.internal.handle;

import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the compiler emit {@code getParams} of a key with this wide return type too.
 *
 * <p>Java 22 and later ask for that one ({@code java.security.AsymmetricKey}) and would otherwise see no curve in a
 * class compiled for Java 17.
 */
interface NamedParameters {
    @Nullable
    AlgorithmParameterSpec getParams();
}
