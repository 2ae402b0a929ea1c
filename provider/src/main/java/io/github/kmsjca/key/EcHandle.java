package io.github.kmsjca.key;

import java.io.Serial;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/** A handle to an elliptic-curve key, which the tools choose the hash for by its curve. */
final class EcHandle extends KmsPrivateKey implements ECKey, NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ECParameterSpec curve;

    EcHandle(Identity identity, ECPublicKey publicKey, KmsSession session) {
        super(identity, publicKey, session);
        this.curve = publicKey.getParams();
    }

    @Override
    public ECParameterSpec getParams() {
        return curve;
    }
}
