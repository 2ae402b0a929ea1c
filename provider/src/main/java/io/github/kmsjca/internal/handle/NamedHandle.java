package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import java.io.Serial;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/**
 * A handle to an ML-DSA or SM2 key, for which the JDK has no interface, or to an EC key whose curve no installed
 * provider knows.
 */
final class NamedHandle extends SigningHandle implements NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    NamedHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    /**
     * Returns the name of the curve or parameter set. Java 22 and later call this method through the interface
     * {@code java.security.AsymmetricKey}.
     */
    @Override
    public AlgorithmParameterSpec getParams() {
        return new NamedParameterSpec(spec().parameters().orElseThrow());
    }
}
