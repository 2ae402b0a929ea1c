package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.config.KeyId;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A handle to a private key in KMS. It has no encoding, since nobody outside KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier and public key are equal.
 */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public abstract sealed class KmsPrivateKey implements PrivateKey, KmsKey
        permits RsaHandle, EcHandle, EdEcHandle, NamedHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeyId id;
    private final transient KeySpec spec;
    private final transient PublicKey publicKey;
    private final transient KmsSession session;
    private final transient AtomicBoolean proven = new AtomicBoolean();

    KmsPrivateKey(KeyId id, KeySpec spec, PublicKey publicKey, KmsSession session) {
        this.id = id;
        this.spec = spec;
        this.publicKey = publicKey;
        this.session = session;
    }

    /** Returns what the key is made of. */
    public final KeySpec spec() {
        return spec;
    }

    /** Returns the configuration and the connection that the key belongs to. */
    public final KmsSession session() {
        return session;
    }

    /** Returns the signature of KMS: exactly one request. A failure is a {@code KmsException}. */
    public final byte[] sign(SigningInput input) {
        return session.calls().sign(id, input);
    }

    /** Returns whether KMS holds a signature for one of this key: exactly one request. */
    public final boolean verify(SigningInput input, byte[] signature) {
        return session.calls().verify(id, input, signature);
    }

    /**
     * Returns whether a signature of this key has been seen to fit its public key. Of a key that is named by an alias
     * that is never known for long: the alias may be moved.
     */
    public final boolean isProven() {
        return !id.isAlias() && proven.get();
    }

    /** Notes that a signature of this key has been seen to fit its public key. */
    public final void markProven() {
        proven.set(true);
    }

    @Override
    public final String keyId() {
        return id.text();
    }

    @Override
    public final String keySpec() {
        return spec.name();
    }

    @Override
    public final PublicKey publicKey() {
        return publicKey;
    }

    /** Returns the name of the public key: the tools demand that both have the same. */
    @Override
    public final String getAlgorithm() {
        return publicKey.getAlgorithm();
    }

    @Override
    public final @Nullable String getFormat() {
        return null;
    }

    @Override
    public final byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof KmsPrivateKey that && id.equals(that.id) && publicKey.equals(that.publicKey);
    }

    @Override
    public final int hashCode() {
        return id.hashCode();
    }

    @Override
    public final String toString() {
        return "KMS key " + id + " (" + spec + ")";
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
