package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.config.KeyId;
import java.io.Serial;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** A handle to a key of a kind that the JDK has no interface for, such as ML-DSA: it tells the parameters by name. */
final class NamedHandle extends KmsPrivateKey implements NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    NamedHandle(KeyId id, KeySpec spec, PublicKey publicKey, KmsSession session) {
        super(id, spec, publicKey, session);
    }

    /** Asked by reflection before Java 22, so it is public and has this name. */
    @Override
    public AlgorithmParameterSpec getParams() {
        return new NamedParameterSpec(spec().parameters().orElseThrow());
    }
}
