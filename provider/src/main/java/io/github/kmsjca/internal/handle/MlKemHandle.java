package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.Encapsulation;
import java.io.Serial;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** A handle to an ML-KEM key. */
public final class MlKemHandle extends PairHandle implements NamedParameters {
    /** The length of every ML-KEM shared secret in bytes (FIPS 203 §8). */
    public static final int SECRET_LENGTH = 32;

    @Serial
    private static final long serialVersionUID = 1L;

    MlKemHandle(KeyIdentity identity, PublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
    }

    /**
     * Returns a new shared secret and its encapsulation from KMS. Sends one request. If the public key is not confirmed
     * yet, {@link #confirmedReference} sends another request first.
     */
    public Encapsulation encapsulate() {
        Encapsulation encapsulation = connection().calls().secrets().encapsulate(confirmedReference());
        requireLength(SECRET_LENGTH, encapsulation.secret());
        return encapsulation;
    }

    /** Returns the shared secret of an encapsulation. Sends exactly one request. */
    public byte[] decapsulate(byte[] encapsulation) {
        return requireLength(
                SECRET_LENGTH, answer(() -> connection().calls().secrets().decapsulate(reference(), encapsulation)));
    }

    @Override
    public AlgorithmParameterSpec getParams() {
        return new NamedParameterSpec(spec().parameters().orElseThrow());
    }
}
