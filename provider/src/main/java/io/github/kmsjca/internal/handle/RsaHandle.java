package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.client.Connection;
import java.io.Serial;
import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A handle to an RSA key. It implements {@link RSAKey} because JSSE and the JDK tools choose the hash algorithm by the
 * length of the modulus.
 */
public final class RsaHandle extends SigningHandle implements RSAKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BigInteger modulus;

    RsaHandle(KeyIdentity identity, RSAPublicKey publicKey, Connection connection) {
        super(identity, publicKey, connection);
        this.modulus = publicKey.getModulus();
    }

    /**
     * Encrypts a plaintext in KMS and returns the ciphertext. Sends one request. If the public key is not confirmed
     * yet, {@link #confirmedReference} sends another request first.
     */
    public byte[] encrypt(OaepScheme scheme, byte[] plaintext) {
        return requireLength(
                spec().byteLength(), connection().calls().secrets().encrypt(confirmedReference(), scheme, plaintext));
    }

    /** Returns the plaintext of a ciphertext. Sends exactly one request. */
    public byte[] decrypt(OaepScheme scheme, byte[] ciphertext) {
        return answer(() -> connection().calls().secrets().decrypt(reference(), scheme, ciphertext));
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    /**
     * Returns null. Since Java 22, two interfaces of this class have a default method {@code getParams}: RSAKey and
     * AsymmetricKey. The JVM refuses to choose between them, so this class must have its own method.
     */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }
}
