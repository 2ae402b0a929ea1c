package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.handle.CurveDomain;
import java.security.SignatureException;

/** The form of a KMS signature, which can be checked without the message. */
final class WellFormedSignature {
    private WellFormedSignature() {}

    /**
     * Checks that bytes can be a signature by the key of a plan.
     *
     * @throws SignatureException if the bytes cannot be a signature of any message
     */
    static void require(SigningPlan plan, byte[] signature) throws SignatureException {
        int length = plan.spec().signatureLength().orElse(signature.length);
        if (signature.length != length) {
            throw new SignatureException(
                    "it has " + signature.length + " bytes, and a signature by " + plan.spec() + " has " + length);
        }
        if (plan.spec().curve().isPresent()) {
            EcdsaConversion.numbers(signature, CurveDomain.order(plan.spec()));
        }
    }

    static boolean fits(SigningPlan plan, byte[] signature) {
        try {
            require(plan, signature);
            return true;
        } catch (SignatureException malformed) {
            return false;
        }
    }
}
