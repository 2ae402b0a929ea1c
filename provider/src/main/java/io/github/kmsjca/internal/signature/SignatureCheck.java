package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.VerifyAfterSign;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.SignatureException;

/**
 * The check that an answer of KMS is a signature and fits the public key, made without a call before it is returned. It
 * catches the certificate of another key, an alias that was moved, and answers that are no signatures.
 */
final class SignatureCheck {
    private SignatureCheck() {}

    /**
     * Checks the form of a signature, and whether it fits as the setting {@code verify-after-sign} asks.
     *
     * @throws SignatureException if it is none or does not fit
     */
    static void require(SigningHandle key, PreparedMessage message, byte[] signature) throws SignatureException {
        requireForm(key, message.plan(), signature);
        VerifyAfterSign when = key.settings().verifyAfterSign();
        if (when == VerifyAfterSign.NEVER || (when == VerifyAfterSign.FIRST && key.isProven())) {
            return;
        }
        if (!BouncyCastleVerifier.verify(message, signature)) {
            throw new SignatureException("the signature that KMS made with key " + key.keyId()
                    + " does not fit the certificate or public key of the entry, and is not returned;"
                    + " give the entry the certificate of this key, or name the key of this certificate");
        }
        key.markProven();
    }

    private static void requireForm(SigningHandle key, SigningPlan plan, byte[] signature) throws SignatureException {
        try {
            WellFormedSignature.require(plan, signature);
        } catch (SignatureException e) {
            throw new SignatureException(
                    "the answer of KMS for key " + key.keyId() + " is no signature, and is not returned: "
                            + e.getMessage() + "; try again",
                    e);
        }
    }
}
