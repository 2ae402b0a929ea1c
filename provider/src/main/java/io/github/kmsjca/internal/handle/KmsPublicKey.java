package io.github.kmsjca.internal.handle;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The public key that a handle returns: a plain public key together with the handle. Because of the handle, the
 * settings {@code verify=kms} and {@code encrypt=kms} apply to this key, and OAEP uses parameters that KMS supports. An
 * equal public key from another source has no handle, so neither the settings nor the OAEP parameters apply to it.
 *
 * <p>Otherwise, this key behaves like the plain key: it is equal to the plain key, has the same encoding, and is
 * serialized as the plain key.
 */
public abstract sealed class KmsPublicKey implements PublicKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KmsHandle handle;
    private final transient PublicKey key;

    /** The last result of {@link #parsed(Class, Function)}. */
    private transient volatile @Nullable Object parsed;

    private KmsPublicKey(KmsHandle handle, PublicKey key) {
        this.handle = handle;
        this.key = key;
    }

    /** Returns the public key of a handle. The result implements the same JDK interface as the plain key. */
    static KmsPublicKey of(KmsHandle handle, PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return new Rsa(handle, rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return new Ec(handle, ec);
        }
        return key instanceof EdECPublicKey edEc ? new EdEc(handle, edEc) : new Other(handle, key);
    }

    /**
     * Returns the plain key of a KmsPublicKey, or any other key unchanged. Some JDK engines accept only their own
     * classes.
     */
    public static PublicKey plain(PublicKey key) {
        return key instanceof KmsPublicKey ours ? ours.key : key;
    }

    /**
     * Returns the object of another library that {@code parser} makes from the plain key. Keeps the object, so that the
     * key is parsed only once, not for every signature.
     *
     * @param form the class of the object
     */
    public final <T> T parsed(Class<T> form, Function<PublicKey, T> parser) {
        Object present = parsed;
        if (form.isInstance(present)) {
            return form.cast(present);
        }
        T fresh = parser.apply(key);
        parsed = fresh;
        return fresh;
    }

    /** Returns the handle that returned this key. */
    public final KmsHandle handle() {
        return handle;
    }

    @Override
    public final String getAlgorithm() {
        return key.getAlgorithm();
    }

    @Override
    public final String getFormat() {
        return key.getFormat();
    }

    @Override
    public final byte[] getEncoded() {
        return key.getEncoded();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return key.equals(other instanceof KmsPublicKey ours ? ours.key : other);
    }

    @Override
    public final int hashCode() {
        return key.hashCode();
    }

    @Override
    public final String toString() {
        return key.toString();
    }

    @Serial
    final Object writeReplace() {
        return key;
    }

    /** Refuses a forged stream, which would create a key whose fields are null. */
    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("the public key of a handle is serialized as a plain key");
    }

    /** Refuses a forged stream that leaves out this class. */
    @Serial
    private void readObjectNoData() throws InvalidObjectException {
        throw new InvalidObjectException("the public key of a handle is serialized as a plain key");
    }

    private static final class Rsa extends KmsPublicKey implements RSAPublicKey, NamedParameters {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient RSAPublicKey key;

        Rsa(KmsHandle handle, RSAPublicKey key) {
            super(handle, key);
            this.key = key;
        }

        @Override
        public BigInteger getModulus() {
            return key.getModulus();
        }

        @Override
        public BigInteger getPublicExponent() {
            return key.getPublicExponent();
        }

        @Override
        public @Nullable AlgorithmParameterSpec getParams() {
            return key.getParams();
        }
    }

    private static final class Ec extends KmsPublicKey implements ECPublicKey, NamedParameters {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ECPublicKey key;

        Ec(KmsHandle handle, ECPublicKey key) {
            super(handle, key);
            this.key = key;
        }

        @Override
        public ECPoint getW() {
            return key.getW();
        }

        @Override
        public ECParameterSpec getParams() {
            return key.getParams();
        }
    }

    private static final class EdEc extends KmsPublicKey implements EdECPublicKey, NamedParameters {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient EdECPublicKey key;

        EdEc(KmsHandle handle, EdECPublicKey key) {
            super(handle, key);
            this.key = key;
        }

        @Override
        public EdECPoint getPoint() {
            return key.getPoint();
        }

        @Override
        public NamedParameterSpec getParams() {
            return key.getParams();
        }
    }

    /**
     * A key for which the JDK has no interface, or whose curve no installed provider knows. {@link #getParams} returns
     * the curve or parameter set by name.
     */
    private static final class Other extends KmsPublicKey implements NamedParameters {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient KmsHandle owner;

        Other(KmsHandle handle, PublicKey key) {
            super(handle, key);
            this.owner = handle;
        }

        @Override
        public @Nullable AlgorithmParameterSpec getParams() {
            return owner.spec().parameters().map(NamedParameterSpec::new).orElse(null);
        }
    }
}
