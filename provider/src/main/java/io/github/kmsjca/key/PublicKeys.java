package io.github.kmsjca.key;

import io.github.kmsjca.algorithm.KeyFamily;
import io.github.kmsjca.algorithm.KeySpec;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Public keys as the JDK makes them, and the key specs of KMS that they belong to. */
// public for our other packages; what it shows of them is no API
@SuppressWarnings("exports")
public final class PublicKeys {
    private PublicKeys() {}

    /** Parses a SubjectPublicKeyInfo (RFC 5280 §4.1) of a key spec. */
    static PublicKey parse(KeySpec spec, byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(spec.family().jcaName()).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** Returns the key spec of a public key, or empty if KMS has none such. */
    public static Optional<KeySpec> spec(PublicKey key) {
        // keys that their owner restricts to PSS (RFC 4055 §1.2) have another name, and are none of KMS
        if (key instanceof RSAPublicKey rsa && rsa.getAlgorithm().equals(KeyFamily.RSA.jcaName())) {
            return KeySpec.rsa(rsa.getModulus().bitLength());
        }
        if (key instanceof ECPublicKey && key.getEncoded() != null) {
            Object curve = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                    .getAlgorithm()
                    .getParameters();
            return curve instanceof ASN1ObjectIdentifier oid ? KeySpec.onCurve(oid.getId()) : Optional.empty();
        }
        return Optional.empty();
    }
}
