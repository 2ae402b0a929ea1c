package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import java.io.Serial;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/**
 * A handle to an elliptic-curve key. It implements {@link ECKey} because keytool and jarsigner choose the hash from the
 * curve.
 */
public final class EcHandle extends SigningHandle implements ECKey, NamedParameters {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ECParameterSpec curve;

    EcHandle(KeyIdentity identity, ECPublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
        this.curve = publicKey.getParams();
    }

    /**
     * Returns the secret shared with the owner of {@code peer}, which must be on the same curve. It sends exactly one
     * request.
     */
    public byte[] deriveSharedSecret(PublicKey peer) {
        return requireLength(
                spec().bytes(),
                request(key -> connection().calls().secrets().deriveSharedSecret(key, peer.getEncoded())));
    }

    @Override
    public ECParameterSpec getParams() {
        return curve;
    }
}
