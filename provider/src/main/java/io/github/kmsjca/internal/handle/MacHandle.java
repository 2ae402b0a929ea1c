package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyReference;
import io.github.kmsjca.internal.client.MessageWithMac;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsSecretKey;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.ProviderException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle to an HMAC key in KMS. The handle has no encoding, because only KMS has the key, and cannot be serialized.
 *
 * <p>Handles with the same identifier are equal.
 */
public final class MacHandle implements KmsSecretKey, KmsHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeyId id;
    private final transient KeyReference reference;
    private final transient MacAlgorithm algorithm;
    private final transient Connection connection;

    /** Creates the handle to a key. */
    public MacHandle(KeyId id, KeyReference reference, MacAlgorithm algorithm, Connection connection) {
        this.id = id;
        this.reference = reference;
        this.algorithm = algorithm;
        this.connection = connection;
    }

    /**
     * Returns the MAC of a message. Sends exactly one request.
     *
     * @throws ProviderException if the KMS call fails, the message does not have 1 to 4,096 bytes, or the answer does
     *     not have the length of a MAC
     */
    public byte[] mac(byte[] message) {
        requireMessageLength(message.length);
        return requireLength(algorithm.length(), connection.calls().secrets().mac(reference, algorithm, message));
    }

    /**
     * Checks, without a call, that KMS accepts messages of the given length in bytes.
     *
     * @throws ProviderException if KMS does not accept them
     */
    public void requireMessageLength(long length) {
        if (length == 0 || length > MessageType.RAW_LIMIT) {
            throw new ProviderException("KMS accepts messages of 1 to " + MessageType.RAW_LIMIT
                    + " bytes for a MAC, because it hashes them itself; the message for " + this + " has " + length
                    + " bytes" + (length == 0 ? "" : "; compute the MAC of a digest of the message instead"));
        }
    }

    @Override
    public boolean verifyMac(byte[] message, byte[] mac) {
        requireMessageLength(message.length);
        return mac.length == algorithm.length()
                && connection.calls().secrets().verifyMac(reference, algorithm, new MessageWithMac(message, mac));
    }

    @Override
    public KeyId id() {
        return id;
    }

    @Override
    public KeyReference reference() {
        return reference;
    }

    @Override
    public MacHandle with(KeyReference other) {
        return new MacHandle(id, other, algorithm, connection);
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
    public Connection connection() {
        return connection;
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
        return other instanceof MacHandle that && id.equals(that.id);
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

    /** Refuses a forged stream, which would create a handle whose fields are null. */
    @Serial
    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException("a KMS key is a handle and cannot be serialized");
    }
}
