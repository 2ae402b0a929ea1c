package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KmsErrors;
import java.io.Serial;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/**
 * A handle to an elliptic-curve key. It implements {@link ECKey} because keytool and jarsigner choose the hash
 * algorithm by the curve.
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
     * Returns the secret that this key shares with the owner of {@code peer}. Sends exactly one request, and checks
     * that the secret is the x coordinate of a point on the curve.
     *
     * @param peer a public key on the same curve; the caller must have checked this
     * @throws io.github.kmsjca.key.KmsException if the KMS call fails, or the answer cannot be such a secret
     */
    public byte[] deriveSharedSecret(PublicKey peer) {
        byte[] secret = requireLength(
                spec().byteLength(),
                answer(() -> connection().calls().secrets().deriveSharedSecret(reference(), peer.getEncoded())));
        if (!CurveDomain.isXCoordinate(spec(), secret)) {
            throw KmsErrors.unusable(
                    "the shared secret that KMS returned for " + this + " is not the x coordinate of a point on"
                            + " the key's curve, so it was rejected; try again, and check the endpoint and the proxies"
                            + " on the way to it");
        }
        return secret;
    }

    @Override
    public ECParameterSpec getParams() {
        return curve;
    }
}
