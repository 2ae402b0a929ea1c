package io.github.kmsjca.key;

import java.io.Serial;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** A handle to a key of a kind that the JDK has no interface for, such as ML-DSA: it tells the parameters by name. */
final class NamedHandle extends KmsPrivateKey implements NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    NamedHandle(Identity identity, PublicKey publicKey, KmsSession session) {
        super(identity, publicKey, session);
    }

    /** Asked by reflection before Java 22, so it is public and has this name. */
    @Override
    public AlgorithmParameterSpec getParams() {
        return new NamedParameterSpec(spec().parameters().orElseThrow());
    }
}
