package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import java.io.Serial;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * A handle to an Ed25519 key.
 *
 * <p>Its algorithm name is EdDSA if the JDK's provider reads the public key. It implements {@link EdECPrivateKey}
 * because jarsigner recognizes Ed25519 keys with this name only by that interface when it chooses the digest algorithm.
 * {@link #getBytes} returns no bytes, and the JDK's own engine refuses such a key with an {@code InvalidKeyException}.
 */
final class EdEcHandle extends SigningHandle implements EdECPrivateKey {
    @Serial
    private static final long serialVersionUID = 1L;

    EdEcHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    @Override
    public Optional<byte[]> getBytes() {
        return Optional.empty();
    }

    @Override
    public NamedParameterSpec getParams() {
        return NamedParameterSpec.ED25519;
    }
}
