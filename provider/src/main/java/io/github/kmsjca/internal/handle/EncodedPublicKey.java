package io.github.kmsjca.internal.handle;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A public key for which no installed provider has a class. It consists of its encoding, which other programs and
 * libraries can read.
 */
final class EncodedPublicKey implements PublicKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final byte[] encoded;

    /**
     * Creates a key from its SubjectPublicKeyInfo.
     *
     * @param algorithm the algorithm name that the JDK uses for such a key in a certificate
     * @param encoded the SubjectPublicKeyInfo; the caller must have checked it
     */
    EncodedPublicKey(String algorithm, byte[] encoded) {
        this.algorithm = algorithm;
        this.encoded = encoded.clone();
    }

    /**
     * Refuses a forged stream without a valid key. Copies the array, because a forged stream can keep a reference to
     * the array of this object.
     */
    @Serial
    private Object readResolve() throws InvalidObjectException {
        try {
            DerBounds.requireShallow(encoded);
            return new EncodedPublicKey(
                    Objects.requireNonNull(algorithm),
                    SubjectPublicKeyInfo.getInstance(encoded).getEncoded());
        } catch (RuntimeException | IOException invalid) {
            throw (InvalidObjectException) new InvalidObjectException("not a public key").initCause(invalid);
        }
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey that && Arrays.equals(encoded, that.getEncoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
