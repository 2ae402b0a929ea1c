package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeyFamily;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Parses public keys and finds their KMS key specs. */
public final class PublicKeys {
    private PublicKeys() {}

    /**
     * Parses the SubjectPublicKeyInfo (RFC 5280 §4.1) of a key of the given spec. If no installed provider reads the
     * key, the result is an {@link EncodedPublicKey}. An RSA key always becomes an {@link RSAPublicKey}.
     *
     * @throws InvalidKeySpecException if the key has another key spec, or if no installed provider reads an RSA key. If
     *     no installed provider reads any RSA keys, the cause is a {@link NoSuchAlgorithmException}.
     * @throws IllegalArgumentException if the encoding is not valid, or exceeds {@link DerBounds}
     */
    public static PublicKey parse(KeySpec spec, byte[] encoded) throws InvalidKeySpecException {
        SubjectPublicKeyInfo info = info(encoded);
        if (!spec(info).equals(Optional.of(spec))) {
            throw new InvalidKeySpecException("the public key is not of spec " + spec);
        }
        boolean isRsa = spec.family() == KeyFamily.RSA;
        if (isRsa) {
            DerBounds.requireShortExponent(rsaNumbers(info).getPublicExponent());
        }
        String name = spec.family().jcaName();
        try {
            return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (NoSuchAlgorithmException unknown) {
            if (isRsa) {
                throw new InvalidKeySpecException(
                        "no installed provider reads RSA keys" + JdkEngines.remedy("SunRsaSign"), unknown);
            }
            // for such a key in a certificate, the JDK also uses the object identifier as the name of the algorithm
            return new EncodedPublicKey(info.getAlgorithm().getAlgorithm().getId(), encoded);
        } catch (InvalidKeySpecException refused) {
            if (isRsa) {
                throw refused;
            }
            // for example, SunEC does not know all curves, and a provider may be restricted to some of them
            return new EncodedPublicKey(name, encoded);
        }
    }

    /**
     * Returns the public key of a certificate. If not every supported JDK knows the algorithm, this method parses the
     * encoding of the key itself: a JDK that does not know the algorithm adds parameters to the key that are not in the
     * certificate, and equal keys would differ.
     */
    public static PublicKey of(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        Optional<KeySpec> spec = spec(key).filter(found -> !found.isSupportedByEveryJdk());
        if (spec.isEmpty()) {
            return key;
        }
        try {
            byte[] encoded = TBSCertificate.getInstance(certificate.getTBSCertificate())
                    .getSubjectPublicKeyInfo()
                    .getEncoded();
            return parse(spec.get(), encoded);
        } catch (CertificateEncodingException | IOException | InvalidKeySpecException unreadable) {
            return key;
        }
    }

    /**
     * Returns the encoding of the public key of a certificate, for comparisons. The key objects of different providers
     * are not equal, or have different hash codes.
     */
    public static ByteBuffer encoded(X509Certificate certificate) {
        return ByteBuffer.wrap(of(certificate).getEncoded());
    }

    /**
     * Returns the key spec of a public key of any class. Returns empty if KMS has no keys of this kind, if the key is
     * null or has no encoding, or if the encoding is not valid.
     */
    public static Optional<KeySpec> spec(@Nullable PublicKey key) {
        // keys that are restricted to PSS (RFC 4055 §1.2) have another algorithm name, and KMS has no such keys
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getAlgorithm().equals(KeyFamily.RSA.jcaName())
                    ? KeySpec.rsa(rsa.getModulus().bitLength())
                    : Optional.empty();
        }
        try {
            byte[] encoded = key == null ? null : key.getEncoded();
            return encoded == null ? Optional.empty() : spec(encoded);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the encoding of a key is a SubjectPublicKeyInfo without unused bits, within {@link DerBounds};
     * true if the key has no encoding. Some JDK engines do not check the encoding of a key whose class belongs to
     * another provider.
     */
    public static boolean isWellFormed(PublicKey key) {
        byte[] encoded = key.getEncoded();
        try {
            return encoded == null || info(encoded).getPublicKeyData().getPadBits() == 0;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /**
     * Returns the key spec of a SubjectPublicKeyInfo; empty if KMS has no keys of this kind.
     *
     * @throws IllegalArgumentException if the encoding is not valid, or exceeds {@link DerBounds}
     */
    public static Optional<KeySpec> spec(byte[] encoded) {
        return spec(info(encoded));
    }

    /** Returns the kind of a key for an error text: its KMS key spec, or else its algorithm and length. */
    public static String describe(PublicKey key) {
        return spec(key).map(KeySpec::toString).orElseGet(() -> ForeignText.of(key.getAlgorithm()) + length(key));
    }

    private static String length(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return " with " + rsa.getModulus().bitLength() + " bits";
        }
        return key instanceof ECKey ec ? " with " + ec.getParams().getOrder().bitLength() + " bits" : "";
    }

    /**
     * Returns the beginning of an error text for a certificate that belongs to another key than {@code wanted}. If the
     * keys are of different kinds, the text names both.
     */
    public static String otherKeyText(X509Certificate certificate, PublicKey wanted) {
        String found = describe(of(certificate));
        String kinds = found.equals(describe(wanted)) ? "" : " (" + found + " instead of " + describe(wanted) + ")";
        return ForeignText.of(certificate.getSubjectX500Principal()) + " belongs to another key" + kinds;
    }

    /**
     * Returns the content of the field {@code subjectPublicKey}, without the algorithm (RFC 5280 §4.1.2.7).
     *
     * @throws IllegalArgumentException if the encoding is not valid, or exceeds {@link DerBounds}
     */
    public static byte[] raw(PublicKey key) {
        return info(key.getEncoded()).getPublicKeyData().getOctets();
    }

    /**
     * Parses the encoding of a key again, see {@link #parse}. The result is an equal key, in a class of an installed
     * provider if one reads the key.
     *
     * @throws InvalidKeySpecException if the key has another key spec
     */
    public static PublicKey reread(KeySpec spec, PublicKey key) throws InvalidKeySpecException {
        return parse(spec, key.getEncoded());
    }

    /**
     * Returns the key spec of a SubjectPublicKeyInfo; empty if KMS has no keys of this kind. An EC key names its curve
     * in the parameters. All other keys have no parameters, or NULL.
     *
     * @throws IllegalArgumentException if the key has unused bits, or another length than all keys of the spec
     */
    private static Optional<KeySpec> spec(SubjectPublicKeyInfo info) {
        if (info.getPublicKeyData().getPadBits() != 0) {
            throw new IllegalArgumentException("the public key ends with unused bits");
        }
        AlgorithmIdentifier algorithm = info.getAlgorithm();
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                    ? KeySpec.withOid(curve.getId()).filter(spec -> spec.curve().isPresent())
                    : Optional.empty();
        }
        if (algorithm.getParameters() != null && !DERNull.INSTANCE.equals(algorithm.getParameters())) {
            return Optional.empty();
        }
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return KeySpec.rsa(rsaNumbers(info).getModulus().bitLength());
        }
        Optional<KeySpec> spec = KeySpec.withOid(algorithm.getAlgorithm().getId())
                .filter(found -> found.curve().isEmpty());
        spec.ifPresent(found -> requireLength(found, info.getPublicKeyData().getOctets()));
        return spec;
    }

    /** Bouncy Castle 1.84 reads an ML-DSA key of any length, and then throws ArrayIndexOutOfBoundsException. */
    private static void requireLength(KeySpec spec, byte[] content) {
        int length = spec.publicKeyLength().orElse(content.length);
        if (content.length != length) {
            throw new IllegalArgumentException(
                    "the public key has " + content.length + " bytes, and an " + spec + " key has " + length);
        }
    }

    private static SubjectPublicKeyInfo info(byte[] encoded) {
        return parsed(encoded, SubjectPublicKeyInfo::getInstance);
    }

    private static org.bouncycastle.asn1.pkcs.RSAPublicKey rsaNumbers(SubjectPublicKeyInfo info) {
        byte[] content = info.getPublicKeyData().getOctets();
        // checks the bounds again, because the check of the whole key does not enter a string with several values
        return parsed(content, org.bouncycastle.asn1.pkcs.RSAPublicKey::getInstance);
    }

    /**
     * Returns the value that Bouncy Castle reads. Checks the bounds first, because Bouncy Castle before 1.84 recurses
     * for each level of nested values.
     *
     * @throws IllegalArgumentException if the encoding is not valid, or exceeds {@link DerBounds}
     */
    private static <T> T parsed(byte[] encoded, Function<byte[], T> parser) {
        if (encoded.length == 0) {
            // for an empty input, Bouncy Castle 1.84 throws NullPointerException
            throw new IllegalArgumentException("the public key is empty");
        }
        DerBounds.requireShallow(encoded);
        try {
            return parser.apply(encoded);
        } catch (IllegalStateException otherType) {
            // Bouncy Castle up to 1.84 throws this exception for a valid value of another type
            throw new IllegalArgumentException("the public key contains a value of an unexpected type", otherType);
        }
    }
}
