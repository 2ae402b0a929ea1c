package io.github.kmsjca.key;

import java.io.Serial;
import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** A handle to an RSA key. JSSE and the tools learn its size from the modulus and choose the hash by it. */
final class RsaHandle extends KmsPrivateKey implements RSAKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BigInteger modulus;

    RsaHandle(Identity identity, RSAPublicKey publicKey, KmsSession session) {
        super(identity, publicKey, session);
        this.modulus = publicKey.getModulus();
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    /** Overridden because RSAKey and, since Java 22, AsymmetricKey both bring a default: without it the JVM refuses. */
    @Override
    public @Nullable AlgorithmParameterSpec getParams() {
        return null;
    }
}
