package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyReference;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A handle to the private key of a KMS key pair. The operations are in the subclass for the key family. A handle has no
 * encoding, because only KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier and public key are equal.
 */
public abstract sealed class PairHandle implements KmsPrivateKey, KmsHandle permits SigningHandle, MlKemHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeyIdentity identity;
    private final transient PublicKey plainPublicKey;
    private final transient Connection connection;

    /**
     * The result of {@link #publicKey()}. It is created on first use, and then kept, because it keeps the result of
     * {@link KmsPublicKey#parsed(Class, java.util.function.Function)}.
     */
    private transient volatile @Nullable KmsPublicKey publicKey;

    /** Whether KMS or a signature has confirmed the public key. False while only a certificate is known. */
    private transient volatile boolean confirmed;

    PairHandle(KeyIdentity identity, PublicKey plainPublicKey, Connection connection) {
        this.identity = identity;
        this.plainPublicKey = plainPublicKey;
        this.connection = connection;
        this.confirmed = identity.source() == KeyIdentity.Source.KMS;
    }

    /** Creates the handle for the family of the key spec. The public key must be of this key spec. */
    public static PairHandle of(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        return switch (identity.spec().family()) {
            case RSA -> new RsaHandle(identity, (RSAPublicKey) publicKey, connection);
            // without a provider that knows the curve, the public key is only an encoding
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
    public final KeyReference reference() {
        return identity.reference();
    }

    @Override
    public final PairHandle with(KeyReference reference) {
        return of(identity.with(reference), plainPublicKey, connection);
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
     * Returns the name of the key in requests. If the public key is not confirmed yet, this method first compares it
     * with the public key in KMS, which costs one request. Without this comparison, the author of a keystore file could
     * put another person's certificate beside their own KMS key, and KMS would verify and encrypt with the author's
     * key.
     *
     * @throws KmsException if the KMS call fails, or KMS has another public key
     */
    final KeyReference confirmedReference() {
        if (!confirmed) {
            PublicKeyAnswer answer = connection.calls().publicKey(reference());
            if (!Arrays.equals(answer.publicKey(), plainPublicKey.getEncoded())) {
                throw KmsErrors.unusable("key " + id() + " has another public key in KMS than in its certificate; give"
                        + " the entry the certificate of this key, or correct the line 'key:' of the entry");
            }
            reference().accept(answer.arn().text());
            confirmed = true;
        }
        return reference();
    }

    /**
     * Returns whether the public key comes from a certificate, and neither KMS nor a signature has confirmed it yet.
     */
    public final boolean isUnconfirmed() {
        return !confirmed;
    }

    /**
     * Returns the answer to a request that uses the private key.
     *
     * @throws KmsException if the call fails; if the certificate may be the cause, the text says so
     */
    final byte[] answer(Supplier<byte[]> request) {
        try {
            return request.get();
        } catch (KmsException e) {
            throw explained(e);
        }
    }

    /**
     * Returns the failure of a request that uses the private key. If the certificate may be the cause, the text says
     * so.
     */
    public final KmsException explained(KmsException failure) {
        boolean mayBeWrongCertificate =
                isUnconfirmed() && (KmsErrors.isUnfitKey(failure) || KmsErrors.isBadCiphertext(failure));
        if (!mayBeWrongCertificate) {
            return failure;
        }
        KmsException.Failure same = new KmsException.Failure(
                failure.code(),
                failure.httpStatus().orElse(0),
                failure.requestId().orElse(null),
                failure.isRetryable());
        return new KmsException(
                "the certificate of the entry may belong to another key: " + failure.getMessage(),
                same,
                failure.getCause());
    }

    /** Returns where the public key comes from. */
    public final KeyIdentity.Source source() {
        return identity.source();
    }

    /** Records that the public key verified a signature. */
    public final void confirm() {
        // a write for each signature would slow down other threads
        if (!confirmed) {
            confirmed = true;
        }
    }

    @Override
    public final PublicKey publicKey() {
        KmsPublicKey present = publicKey;
        if (present == null) {
            present = KmsPublicKey.of(this, plainPublicKey);
            publicKey = present;
        }
        return present;
    }

    /** Returns the algorithm name of the public key, because the tools require the same name for both keys. */
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

    /** Refuses a forged stream that leaves out this class. */
    @Serial
    private void readObjectNoData() throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }

    /** Refuses a forged stream, which would create a handle whose fields are null. */
    @Serial
    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
