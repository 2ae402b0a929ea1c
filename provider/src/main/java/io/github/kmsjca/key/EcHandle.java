package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.config.KeyId;
import java.io.Serial;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/** A handle to an elliptic-curve key, which the tools choose the hash for by its curve. */
final class EcHandle extends KmsPrivateKey implements ECKey, NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ECParameterSpec curve;

    EcHandle(KeyId id, KeySpec spec, ECPublicKey publicKey, KmsSession session) {
        super(id, spec, publicKey, session);
        this.curve = publicKey.getParams();
    }

    @Override
    public ECParameterSpec getParams() {
        return curve;
    }
}
