package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeyFamily;
import io.github.kmsjca.algorithm.KeySpec;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Public keys as the JDK makes them, and the key specs of KMS that they belong to. */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public final class PublicKeys {
    private PublicKeys() {}

    /** Parses a SubjectPublicKeyInfo (RFC 5280 §4.1); what no installed provider knows stays as it is. */
    static PublicKey parse(byte[] encoded) throws InvalidKeySpecException {
        AlgorithmIdentifier algorithm = algorithm(encoded);
        try {
            return KeyFactory.getInstance(algorithm.getAlgorithm().getId())
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (NoSuchAlgorithmException unknown) {
            return new EncodedPublicKey(algorithm.getAlgorithm().getId(), encoded);
        } catch (InvalidKeySpecException refused) {
            // SunEC knows elliptic curves, but not all of them
            if (spec(algorithm).isPresent()) {
                return new EncodedPublicKey(KeyFamily.SM2.jcaName(), encoded);
            }
            throw refused;
        }
    }

    /** Returns the key spec of a public key, or empty if KMS has none such. */
    public static Optional<KeySpec> spec(PublicKey key) {
        // keys that their owner restricts to PSS (RFC 4055 §1.2) have another name, and are none of KMS
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getAlgorithm().equals(KeyFamily.RSA.jcaName())
                    ? KeySpec.rsa(rsa.getModulus().bitLength())
                    : Optional.empty();
        }
        return key.getEncoded() == null ? Optional.empty() : spec(algorithm(key.getEncoded()));
    }

    private static Optional<KeySpec> spec(AlgorithmIdentifier algorithm) {
        return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                ? KeySpec.identified(curve.getId())
                : KeySpec.identified(algorithm.getAlgorithm().getId());
    }

    private static AlgorithmIdentifier algorithm(byte[] encoded) {
        return SubjectPublicKeyInfo.getInstance(encoded).getAlgorithm();
    }
}
