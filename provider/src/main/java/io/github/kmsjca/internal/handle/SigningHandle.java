package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SigningInput;
import java.io.Serial;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicBoolean;

/** A handle to a key whose family can sign. An RSA or EC key may still have another key usage. */
public abstract sealed class SigningHandle extends PairHandle permits RsaHandle, EcHandle, EdEcHandle, NamedHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient AtomicBoolean proven = new AtomicBoolean();

    SigningHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    /**
     * Returns a signature from KMS. It sends exactly one request, and throws {@code KmsException} if the request fails.
     */
    public final byte[] sign(SigningInput input) {
        return connection().calls().sign(id(), input);
    }

    /** Returns whether KMS accepts a signature of this key. It sends one request, see {@link #confirmed}. */
    public final boolean verify(SigningInput input, byte[] signature) {
        return connection().calls().verify(confirmed(), input, signature);
    }

    /**
     * Returns whether a signature of this key was verified with its public key before. Always returns false for an
     * alias, because an alias can move to another key.
     */
    public final boolean isProven() {
        return !id().isAlias() && proven.get();
    }

    /** Records that a signature of this key was verified with its public key. */
    public final void markProven() {
        proven.set(true);
        markConfirmed();
    }
}
