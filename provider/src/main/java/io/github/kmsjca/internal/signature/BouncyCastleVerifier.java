package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.handle.BouncyCastle;
import io.github.kmsjca.internal.handle.CurveDomain;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.DigestFactory;

/**
 * Verifies a signature over the bytes that KMS signs, such as a digest. The JCA can do this for some schemes only. This
 * class calls Bouncy Castle directly, so the order of the installed providers does not matter. A malformed signature is
 * invalid.
 */
final class BouncyCastleVerifier {
    static {
        BouncyCastle.initialize();
    }

    private BouncyCastleVerifier() {}

    /** Returns whether a signature is valid. False if the public key is not valid, for example not on the curve. */
    static boolean verify(PreparedMessage signed, byte[] signature) {
        try {
            return verify(signed.plan(), content(signed), signature);
        } catch (IllegalArgumentException unfitKey) {
            return false;
        }
    }

    /**
     * Returns whether a signature is valid for {@code content}, the input of the scheme itself, such as a digest.
     *
     * @throws IllegalArgumentException if the public key is not valid, for example not a point on the curve
     */
    static boolean verify(SigningPlan plan, byte[] content, byte[] signature) {
        PublicKey key = plan.publicKey();
        return switch (plan.algorithm().scheme()) {
            case RSA_PKCS1 -> verify(pkcs1(plan.digest().orElseThrow()), (RSAPublicKey) key, content, signature);
            case RSA_PSS -> {
                Digest digest = plan.digest().orElseThrow();
                yield verify(pss(digest, digest.length()), (RSAPublicKey) key, content, signature);
            }
            case ECDSA -> verifyEcdsa(plan, content, signature);
            case ED25519 -> verifyEd25519(key, content, signature);
            case ML_DSA -> verifyMlDsa(plan.spec(), key, content, signature);
            case SM2 -> SignatureForm.isWellFormed(plan, signature) && Sm2.verify(point(plan), content, signature);
        };
    }

    /**
     * Returns the input of the signature scheme itself, such as a digest. If KMS got the whole message (message=raw),
     * this method computes the input from the message.
     */
    static byte[] content(PreparedMessage signed) {
        SigningPlan plan = signed.plan();
        if (plan.algorithm().scheme().messageType() == plan.messageType()) {
            return signed.bytes();
        }
        try {
            SignatureInput input = SignatureInput.of(plan.hashingLocally());
            input.update(signed.bytes(), 0, signed.bytes().length);
            return input.finish().bytes();
        } catch (InvalidKeyException | SignatureException e) {
            throw new ProviderBug("a message that KMS has signed cannot be hashed", e);
        }
    }

    static Signer pkcs1(Digest digest) {
        return new RSADigestSigner(new NullDigest(), new ASN1ObjectIdentifier(digest.oid()));
    }

    static Signer pss(Digest digest, int saltLength) {
        return PSSSigner.createRawSigner(
                new RSAEngine(), hash(digest), hash(digest), saltLength, PSSSigner.TRAILER_IMPLICIT);
    }

    static org.bouncycastle.crypto.Digest hash(Digest digest) {
        return switch (digest) {
            case SHA_256 -> DigestFactory.createSHA256();
            case SHA_384 -> DigestFactory.createSHA384();
            case SHA_512 -> DigestFactory.createSHA512();
            default -> throw new ProviderBug("KMS has no RSASSA-PSS with " + digest.jcaName());
        };
    }

    static boolean verify(Signer signer, RSAPublicKey key, byte[] digest, byte[] signature) {
        signer.init(false, new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
        signer.update(digest, 0, digest.length);
        return signer.verifySignature(signature);
    }

    private static boolean verifyEcdsa(SigningPlan plan, byte[] digest, byte[] signature) {
        try {
            BigInteger[] numbers = EcdsaConversion.numbers(signature, CurveDomain.order(plan.spec()));
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, point(plan));
            return signer.verifySignature(digest, numbers[0], numbers[1]);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    /**
     * Returns the point of the public key. A KMS public key keeps its point, because decoding and checking the point
     * takes as long as verifying a signature.
     */
    private static ECPublicKeyParameters point(SigningPlan plan) {
        return plan.publicKey() instanceof KmsPublicKey ours
                ? ours.parsed(ECPublicKeyParameters.class, key -> CurveDomain.key(plan.spec(), key))
                : CurveDomain.key(plan.spec(), plan.publicKey());
    }

    private static boolean verifyEd25519(PublicKey key, byte[] message, byte[] signature) {
        Signer signer = new Ed25519Signer();
        signer.init(false, new Ed25519PublicKeyParameters(PublicKeys.raw(key)));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    private static boolean verifyMlDsa(KeySpec spec, PublicKey key, byte[] mu, byte[] signature) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, new MLDSAPublicKeyParameters(parameters(spec), PublicKeys.raw(key)));
        return signer.verifyMuSignature(mu, signature);
    }

    private static MLDSAParameters parameters(KeySpec spec) {
        return switch (spec) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
            default -> throw new ProviderBug(spec + " is not a parameter set of ML-DSA");
        };
    }
}
