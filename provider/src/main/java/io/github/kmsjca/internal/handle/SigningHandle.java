package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SigningInput;
import java.io.Serial;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicBoolean;

/** A handle to a key of a family that signs; an RSA or EC key may have been made for something else. */
public abstract sealed class SigningHandle extends PairHandle permits RsaHandle, EcHandle, EdEcHandle, NamedHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient AtomicBoolean proven = new AtomicBoolean();

    SigningHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    /** Returns the signature of KMS: exactly one request. A failure is a {@code KmsException}. */
    public final byte[] sign(SigningInput input) {
        return connection().calls().sign(id(), input);
    }

    /** Returns whether KMS takes a signature for one of this key: one request, see {@link #confirmed}. */
    public final boolean verify(SigningInput input, byte[] signature) {
        return connection().calls().verify(confirmed(), input, signature);
    }

    /**
     * Returns whether a signature of this key has been seen to fit its public key. Of a key that is named by an alias
     * that is never known for long: the alias may be moved.
     */
    public final boolean isProven() {
        return !id().isAlias() && proven.get();
    }

    /** Notes that a signature of this key has been seen to fit its public key. */
    public final void markProven() {
        proven.set(true);
        markConfirmed();
    }
}
