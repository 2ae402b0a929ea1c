package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.KeySpec;
import java.math.BigInteger;
import java.security.PublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** The numbers of the curves of KMS, some of which the JDK does not know. */
final class CurveDomain {
    private CurveDomain() {}

    /** Returns how many points the curve of a key spec has: both numbers of a signature are smaller. */
    static BigInteger order(KeySpec spec) {
        return parameters(spec).getN();
    }

    /**
     * Returns a public key as Bouncy Castle takes it.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    static ECPublicKeyParameters key(KeySpec spec, PublicKey key) {
        X9ECParameters curve = parameters(spec);
        return new ECPublicKeyParameters(
                curve.getCurve().decodePoint(LocalVerifier.rawKey(key)), new ECDomainParameters(curve));
    }

    private static X9ECParameters parameters(KeySpec spec) {
        return ECNamedCurveTable.getByOID(
                new ASN1ObjectIdentifier(spec.curve().orElseThrow().oid()));
    }
}
