package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.PublicKeyAnswer;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle to the private key of a pair in KMS. What such a key can do is on the handle of its family. It has no encoding,
 * since nobody outside KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier and public key are equal.
 */
public abstract sealed class PairHandle implements KmsPrivateKey, KmsHandle permits SigningHandle, MlKemHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeyIdentity identity;
    private final transient PublicKey plainPublicKey;
    private final transient Connection connection;

    /** The key whose public key KMS has confirmed; null while only a certificate is known. */
    private transient volatile @Nullable KeyId confirmed;

    PairHandle(KeyIdentity identity, PublicKey plainPublicKey, Connection connection) {
        this.identity = identity;
        this.plainPublicKey = plainPublicKey;
        this.connection = connection;
        this.confirmed = identity.usage() == null ? null : identity.id();
    }

    /** Makes the handle of the family that a key spec belongs to. */
    public static PairHandle of(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        return switch (identity.spec().family()) {
            case RSA -> new RsaHandle(identity, (RSAPublicKey) publicKey, connection);
            case EC ->
                publicKey instanceof ECPublicKey ec
                        ? new EcHandle(identity, ec, connection)
                        : new NamedHandle(identity, publicKey, connection);
            case EDDSA -> new EdEcHandle(identity, publicKey, connection);
            case ML_DSA, SM2 -> new NamedHandle(identity, publicKey, connection);
            case ML_KEM -> new MlKemHandle(identity, publicKey, connection);
            case HMAC -> throw new ProviderBug("an HMAC key has no public key");
        };
    }

    @Override
    public final KeyId id() {
        return identity.id();
    }

    @Override
    public final KeySpec spec() {
        return identity.spec();
    }

    @Override
    public final Optional<KeyUsage> usage() {
        return Optional.ofNullable(identity.usage());
    }

    @Override
    public final Connection connection() {
        return connection;
    }

    /**
     * Returns the key whose public key KMS has confirmed, asking KMS once if only a certificate is known. Requests that
     * use the public key must name this key and not an alias, which may be moved. Otherwise a keystore file could have
     * any certificate's key verified, and any plaintext encrypted, by a key of its author.
     *
     * @throws KmsException if KMS refuses, or has another public key
     */
    final KeyId confirmed() {
        KeyId known = confirmed;
        if (known != null) {
            return known;
        }
        PublicKeyAnswer inKms = connection.calls().publicKey(id());
        if (!Arrays.equals(inKms.publicKey(), plainPublicKey.getEncoded())) {
            throw KmsErrors.unusable("key " + id() + " has another public key in KMS than its certificate; give the"
                    + " entry the certificate of this key");
        }
        confirmed = inKms.arn();
        return inKms.arn();
    }

    /** Notes that a signature has confirmed the public key; an alias may point to another key next time. */
    final void markConfirmed() {
        if (confirmed == null && !id().isAlias()) {
            confirmed = id();
        }
    }

    @Override
    public final PublicKey publicKey() {
        return KmsPublicKey.of(this, plainPublicKey);
    }

    /** Returns the name of the public key: the tools demand that both have the same. */
    @Override
    public final String getAlgorithm() {
        return plainPublicKey.getAlgorithm();
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
        return other instanceof PairHandle that && id().equals(that.id()) && plainPublicKey.equals(that.plainPublicKey);
    }

    @Override
    public final int hashCode() {
        return id().hashCode();
    }

    @Override
    public final String toString() {
        return identity.toString();
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }

    /** A forged stream would make a handle without fields. */
    @Serial
    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
