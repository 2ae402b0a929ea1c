package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.config.VerifyAfterSign;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.SignatureException;

/**
 * Checks, without a call, that KMS returned a signature and that the public key verifies it. This detects a certificate
 * of another key, an alias that was moved, and answers that are not signatures.
 */
final class SignatureCheck {
    private static final String CHECK_THE_WAY = "try again, and check the endpoint and the proxies on the way to it";

    private SignatureCheck() {}

    /**
     * Checks the form of a signature, and verifies it if the setting {@code verify-after-sign} says so.
     *
     * @throws SignatureException if the signature is malformed or does not verify
     */
    static void require(SigningHandle key, PreparedMessage message, byte[] signature) throws SignatureException {
        requireForm(key, message.plan(), signature);
        VerifyAfterSign when = key.settings().verifyAfterSign();
        if (when == VerifyAfterSign.NEVER || (when == VerifyAfterSign.FIRST && key.isProven(message.request()))) {
            return;
        }
        if (!BouncyCastleVerifier.verify(message, signature)) {
            throw new SignatureException(
                    "the signature that KMS made with key " + key.keyId() + " does not verify with " + publicKeyOf(key)
                            + ", so it is not returned" + explanation(key, message, signature));
        }
        key.markProven(message.request());
    }

    private static String publicKeyOf(SigningHandle key) {
        if (key.usage().isPresent()) {
            return "the public key that KMS itself returned for this key";
        }
        return key.isUnconfirmed()
                ? "the certificate of the entry"
                : "the certificate of the entry, which verified earlier signatures";
    }

    private static String explanation(SigningHandle key, PreparedMessage message, byte[] signature) {
        return SignatureDiagnosis.of(message, signature)
                .map(diagnosis -> ": " + diagnosis)
                .orElseGet(() -> key.isUnconfirmed()
                        ? "; give the entry the certificate of this key, or name the key of this certificate"
                        : "; " + CHECK_THE_WAY);
    }

    private static void requireForm(SigningHandle key, SigningPlan plan, byte[] signature) throws SignatureException {
        try {
            WellFormedSignature.require(plan, signature);
        } catch (SignatureException e) {
            throw new SignatureException(
                    "the KMS answer for key " + key.keyId() + " is not a signature, so it is not returned: "
                            + e.getMessage() + "; "
                            + (key.isUnconfirmed()
                                    ? "the certificate of the entry may belong to another key"
                                    : CHECK_THE_WAY),
                    e);
        }
    }
}
