package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.SignAnswer;
import io.github.kmsjca.internal.client.SigningInput;
import java.io.Serial;
import java.security.PublicKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A handle to a key of a family that can sign. An RSA, EC or SM2 key may still have another key usage. */
public abstract sealed class SigningHandle extends PairHandle permits RsaHandle, EcHandle, EdEcHandle, NamedHandle {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * The KMS algorithms for which the public key has verified a signature. The message type is not recorded, because
     * the algorithm and the settings of the handle determine it.
     */
    private final transient Set<String> proven = ConcurrentHashMap.newKeySet();

    SigningHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    /**
     * Returns a signature from KMS. Makes one KMS call.
     *
     * @throws io.github.kmsjca.key.KmsException if the request fails
     */
    public final SignAnswer sign(SigningInput input) {
        return connection().calls().sign(reference(), input);
    }

    /** Logs that the provider refused a signature from KMS, in the same way as a failed request. */
    public final void logRefusedSignature(String text) {
        connection().calls().logRefusedSignature(text);
    }

    /**
     * Returns whether KMS accepts a signature of this key. Makes one KMS call. If the public key is not confirmed yet,
     * {@link #confirmedReference} makes another call first.
     */
    public final boolean verify(SigningInput input, byte[] signature) {
        return connection().calls().verify(confirmedReference(), input, signature);
    }

    /** Returns whether the public key verified an earlier signature with a KMS algorithm. */
    public final boolean isProven(String algorithm) {
        return proven.contains(algorithm);
    }

    /** Records that the public key verified a signature with a KMS algorithm. */
    public final void markProven(String algorithm) {
        proven.add(algorithm);
    }
}
