package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.KeyUsage;
import io.github.kmsjca.algorithm.MacAlgorithm;
import io.github.kmsjca.client.Authenticated;
import io.github.kmsjca.config.KeyId;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.ProviderException;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A handle to an HMAC key in KMS. It has no encoding, since nobody outside KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier are equal. Thread-safe.
 */
// what it shows of our other packages is no API
@SuppressWarnings("exports")
public final class KmsSecretKey implements SecretKey, KmsHandle {
    /** The longest message that KMS makes a MAC of, in bytes (KMS API {@code GenerateMac}). */
    public static final int LONGEST_MESSAGE = 4096;

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeyId id;
    private final transient MacAlgorithm algorithm;
    private final transient KmsSession session;

    KmsSecretKey(KeyId id, MacAlgorithm algorithm, KmsSession session) {
        this.id = id;
        this.algorithm = algorithm;
        this.session = session;
    }

    /**
     * Returns the MAC of a message: one request.
     *
     * @throws ProviderException if KMS refuses, or the message has not 1 to 4,096 bytes
     */
    public byte[] mac(byte[] message) {
        requireLength(message.length);
        return Answer.requireLength(
                this, algorithm.length(), session.calls().secrets().mac(id, algorithm, message));
    }

    /** Checks the length of a message, without a call. */
    public void requireLength(long length) {
        if (length == 0 || length > LONGEST_MESSAGE) {
            throw new ProviderException("KMS makes MACs of messages of 1 to " + LONGEST_MESSAGE
                    + " bytes, since it hashes them itself; this one for " + this + " has " + length);
        }
    }

    /**
     * Returns whether KMS holds a MAC for that of a message (KMS API {@code VerifyMac}): one request, which CloudTrail
     * records.
     *
     * @return false without a request for what has not the length of a MAC
     * @throws ProviderException if KMS refuses, or the message has not 1 to 4,096 bytes
     */
    public boolean verifyMac(byte[] message, byte[] mac) {
        requireLength(message.length);
        return mac.length == algorithm.length()
                && session.calls().secrets().verifyMac(id, algorithm, new Authenticated(message, mac));
    }

    @Override
    public String keyId() {
        return id.text();
    }

    /** Returns the key spec as KMS spells it, such as {@code HMAC_256}. */
    public String keySpec() {
        return spec().name();
    }

    @Override
    public KeySpec spec() {
        return algorithm.keySpec();
    }

    @Override
    public Optional<KeyUsage> usage() {
        return Optional.of(KeyUsage.GENERATE_VERIFY_MAC);
    }

    @Override
    public KmsSession session() {
        return session;
    }

    @Override
    public String getAlgorithm() {
        return algorithm.jcaName();
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KmsSecretKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "KMS key " + id + " (" + spec() + ")";
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
