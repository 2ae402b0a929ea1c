package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureEncoding;
import io.github.kmsjca.internal.handle.CurveDomain;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Checks the form of a signature, without the message. */
final class SignatureForm {
    private SignatureForm() {}

    /**
     * Checks that bytes can be a KMS signature by the key of a plan.
     *
     * @throws SignatureException if the bytes cannot be a signature of any message
     */
    static void requireWellFormed(SigningPlan plan, byte[] signature) throws SignatureException {
        int length = plan.spec().signatureLength().orElse(signature.length);
        if (signature.length != length) {
            throw new SignatureException("it has " + signature.length + " bytes, and a signature by an " + plan.spec()
                    + " key has " + length);
        }
        if (plan.spec().curve().isPresent()) {
            EcdsaConversion.numbers(signature, CurveDomain.order(plan.spec()));
        }
    }

    static boolean isWellFormed(SigningPlan plan, byte[] signature) {
        try {
            requireWellFormed(plan, signature);
            return true;
        } catch (SignatureException malformed) {
            return false;
        }
    }

    /**
     * Returns whether bytes can be a signature by a key. The key need not be of a kind that KMS supports. This check is
     * necessary because the engines of other providers are not strict. For example, the engines of JDK 17 accept an
     * Ed25519 signature with extra bytes.
     */
    static boolean isWellFormed(SignatureAlgorithm algorithm, PublicKey key, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return signature.length == (rsa.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        }
        if (key instanceof ECPublicKey ec) {
            // without parameters, the order of the curve is not known
            return ec.getParams() == null
                    || isNumberPair(algorithm.encoding(), ec.getParams().getOrder(), signature);
        }
        return PublicKeys.spec(key)
                .map(spec -> spec.signatureLength().orElse(signature.length) == signature.length)
                .orElse(true);
    }

    private static boolean isNumberPair(SignatureEncoding encoding, BigInteger order, byte[] signature) {
        try {
            if (encoding == SignatureEncoding.P1363) {
                EcdsaConversion.fromP1363(signature, order);
            } else {
                EcdsaConversion.numbers(signature, order);
            }
            return true;
        } catch (SignatureException malformed) {
            return false;
        }
    }

    /** Returns the length in bytes of the longest signature that an operation with the given plan returns. */
    static int maxLength(SigningPlan plan) {
        if (plan.spec().curve().isPresent()) {
            return EcdsaConversion.maxLength(plan.algorithm().encoding(), CurveDomain.order(plan.spec()));
        }
        return plan.spec().signatureLength().orElseThrow();
    }
}
