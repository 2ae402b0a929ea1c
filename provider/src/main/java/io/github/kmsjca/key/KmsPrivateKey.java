package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.KeyUsage;
import io.github.kmsjca.algorithm.OaepScheme;
import io.github.kmsjca.client.Encapsulation;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.config.KeyId;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A handle to a private key in KMS. It has no encoding, since nobody outside KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier and public key are equal.
 */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public abstract sealed class KmsPrivateKey implements PrivateKey, KmsKey, KmsHandle
        permits RsaHandle, EcHandle, EdEcHandle, NamedHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Identity identity;
    private final transient PublicKey publicKey;
    private final transient KmsSession session;
    private final transient AtomicBoolean proven = new AtomicBoolean();

    KmsPrivateKey(Identity identity, PublicKey publicKey, KmsSession session) {
        this.identity = identity;
        this.publicKey = publicKey;
        this.session = session;
    }

    /** Which key it is, and what KMS or its certificate has told of it. */
    record Identity(KeyId id, KeySpec spec, Optional<KeyUsage> usage) {
        @Override
        public String toString() {
            return "KMS key " + id + " (" + spec
                    + usage.filter(it -> it != KeyUsage.SIGN_VERIFY)
                            .map(it -> " for " + it)
                            .orElse("") + ")";
        }
    }

    @Override
    public final KeySpec spec() {
        return identity.spec;
    }

    @Override
    public final Optional<KeyUsage> usage() {
        return identity.usage;
    }

    @Override
    public final Optional<String> keyUsage() {
        return identity.usage.map(KeyUsage::name);
    }

    @Override
    public final KmsSession session() {
        return session;
    }

    /** Returns the signature of KMS: exactly one request. A failure is a {@code KmsException}. */
    public final byte[] sign(SigningInput input) {
        return session.calls().sign(identity.id, input);
    }

    /** Returns whether KMS takes a signature for one of this key: one request, see {@link #requireConfirmed}. */
    public final boolean verify(SigningInput input, byte[] signature) {
        requireConfirmed();
        return session.calls().verify(identity.id, input, signature);
    }

    /** Returns the ciphertext under the public key, made by KMS: one request, see {@link #requireConfirmed}. */
    public final byte[] encrypt(OaepScheme scheme, byte[] plaintext) {
        requireConfirmed();
        return Answer.requireLength(this, bytes(), session.calls().secrets().encrypt(identity.id, scheme, plaintext));
    }

    /** Returns the plaintext: exactly one request. */
    public final byte[] decrypt(OaepScheme scheme, byte[] ciphertext) {
        return session.calls().secrets().decrypt(identity.id, scheme, ciphertext);
    }

    /** Returns the secret shared with the owner of a public key on the same curve: exactly one request. */
    public final byte[] deriveSharedSecret(PublicKey peer) {
        return Answer.requireLength(
                this, bytes(), session.calls().secrets().deriveSharedSecret(identity.id, peer.getEncoded()));
    }

    /** Returns a new shared secret and its encapsulation, made by KMS: one request, see {@link #requireConfirmed}. */
    public final Encapsulation encapsulate() {
        requireConfirmed();
        Encapsulation made = session.calls().secrets().encapsulate(identity.id);
        Answer.requireLength(this, Answer.ENCAPSULATED_SECRET, made.secret());
        return made;
    }

    /** Returns the shared secret of an encapsulation: exactly one request. */
    public final byte[] decapsulate(byte[] encapsulation) {
        return Answer.requireLength(
                this, Answer.ENCAPSULATED_SECRET, session.calls().secrets().decapsulate(identity.id, encapsulation));
    }

    /**
     * Checks that KMS has confirmed the public key, by GetPublicKey or by a signature that fits: one request more the
     * first time for a key that only a certificate has told of. Otherwise a keystore file could have any certificate's
     * key verified, and any plaintext encrypted, by a key of its author.
     *
     * @throws KmsException if KMS refuses, or has another public key
     */
    private void requireConfirmed() {
        boolean confirmed = identity.usage.isPresent() || isProven();
        if (!confirmed && !session.key(identity.id).publicKey.equals(publicKey)) {
            throw new KmsException(
                    "key " + identity.id + " has another public key in KMS than its certificate; give the entry the"
                            + " certificate of this key",
                    null);
        }
    }

    /** Returns the length of the modulus or of the field, in whole bytes. */
    private int bytes() {
        return (identity.spec.bits().orElseThrow() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /**
     * Returns whether a signature of this key has been seen to fit its public key. Of a key that is named by an alias
     * that is never known for long: the alias may be moved.
     */
    public final boolean isProven() {
        return !identity.id.isAlias() && proven.get();
    }

    /** Notes that a signature of this key has been seen to fit its public key. */
    public final void markProven() {
        proven.set(true);
    }

    @Override
    public final String keyId() {
        return identity.id.text();
    }

    @Override
    public final String keySpec() {
        return identity.spec.name();
    }

    @Override
    public final KmsPublicKey publicKey() {
        return KmsPublicKey.of(this, publicKey);
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
        return other instanceof KmsPrivateKey that
                && identity.id.equals(that.identity.id)
                && publicKey.equals(that.publicKey);
    }

    @Override
    public final int hashCode() {
        return identity.id.hashCode();
    }

    @Override
    public final String toString() {
        return identity.toString();
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
