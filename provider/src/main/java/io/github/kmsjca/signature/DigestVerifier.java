package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.Digest;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.DigestFactory;

/**
 * Verifies a signature over a digest that is at hand, which the JCA can do for some schemes only. Uses Bouncy Castle
 * directly, so that the order of the installed providers does not matter. A malformed signature is an invalid one, and so is
 * any under a point off the curve.
 */
final class DigestVerifier {
    private DigestVerifier() {}

    static boolean verify(SigningPlan plan, PublicKey key, byte[] digest, byte[] signature) {
        return switch (plan.scheme()) {
            case RSA_PKCS1 -> verify(pkcs1(plan.signed()), (RSAPublicKey) key, digest, signature);
            case RSA_PSS -> verify(pss(plan.signed()), (RSAPublicKey) key, digest, signature);
            case ECDSA -> verify(plan, (ECPublicKey) key, digest, signature);
        };
    }

    private static Signer pkcs1(Digest digest) {
        return new RSADigestSigner(new NullDigest(), new ASN1ObjectIdentifier(digest.oid()));
    }

    private static Signer pss(Digest digest) {
        return PSSSigner.createRawSigner(
                new RSAEngine(), hash(digest), hash(digest), digest.length(), PSSSigner.TRAILER_IMPLICIT);
    }

    private static org.bouncycastle.crypto.Digest hash(Digest digest) {
        return switch (digest) {
            case SHA_256 -> DigestFactory.createSHA256();
            case SHA_384 -> DigestFactory.createSHA384();
            case SHA_512 -> DigestFactory.createSHA512();
        };
    }

    private static boolean verify(Signer signer, RSAPublicKey key, byte[] digest, byte[] signature) {
        signer.init(false, new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
        signer.update(digest, 0, digest.length);
        return signer.verifySignature(signature);
    }

    private static boolean verify(SigningPlan plan, ECPublicKey key, byte[] digest, byte[] signature) {
        X9ECParameters curve = ECNamedCurveTable.getByOID(
                new ASN1ObjectIdentifier(plan.spec().curve().orElseThrow().oid()));
        ECPoint point = key.getW();
        try {
            ECDSASigner signer = new ECDSASigner();
            signer.init(
                    false,
                    new ECPublicKeyParameters(
                            curve.getCurve().createPoint(point.getAffineX(), point.getAffineY()),
                            new ECDomainParameters(curve)));
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(curve.getN(), signature);
            return signer.verifySignature(digest, rs[0], rs[1]);
        } catch (IOException | IllegalArgumentException | ClassCastException malformed) {
            // the last one comes from a sequence of anything but integers
            return false;
        }
    }
}
