package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.handle.CurveDomain;
import java.security.SignatureException;

/** Checks the form of a KMS signature, without the message. */
final class SignatureForm {
    private SignatureForm() {}

    /**
     * Checks that bytes can be a signature by the key of a plan.
     *
     * @throws SignatureException if the bytes cannot be a signature of any message
     */
    static void requireWellFormed(SigningPlan plan, byte[] signature) throws SignatureException {
        int length = plan.spec().signatureLength().orElse(signature.length);
        if (signature.length != length) {
            throw new SignatureException(
                    "it has " + signature.length + " bytes, and a signature by " + plan.spec() + " has " + length);
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
}
