package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.VerifyAfterSign;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.SignatureException;

/**
 * Checks, without a call, that KMS returned a signature and that the public key verifies it. This detects a certificate
 * of another key, an alias that was moved, and answers that are not signatures.
 */
final class SignatureCheck {
    private SignatureCheck() {}

    /**
     * Checks the form of a signature, and verifies it if the setting {@code verify-after-sign} says so.
     *
     * @throws SignatureException if the signature is malformed or does not verify
     */
    static void require(SigningHandle key, PreparedMessage message, byte[] signature) throws SignatureException {
        requireForm(key, message.plan(), signature);
        VerifyAfterSign when = key.settings().verifyAfterSign();
        if (when == VerifyAfterSign.NEVER || (when == VerifyAfterSign.FIRST && key.isProven())) {
            return;
        }
        if (!BouncyCastleVerifier.verify(message, signature)) {
            throw new SignatureException("the signature that KMS made with key " + key.keyId()
                    + " does not verify with the certificate or public key of the entry, so it is not returned;"
                    + " give the entry the certificate of this key, or name the key of this certificate");
        }
        key.markProven();
    }

    private static void requireForm(SigningHandle key, SigningPlan plan, byte[] signature) throws SignatureException {
        try {
            WellFormedSignature.require(plan, signature);
        } catch (SignatureException e) {
            throw new SignatureException(
                    "the KMS answer for key " + key.keyId() + " is not a signature, so it is not returned: "
                            + e.getMessage() + "; try again",
                    e);
        }
    }
}
