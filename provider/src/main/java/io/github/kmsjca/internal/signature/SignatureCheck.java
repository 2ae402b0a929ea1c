package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.client.SigningInput;
import io.github.kmsjca.internal.config.VerifyAfterSign;
import io.github.kmsjca.internal.handle.KeyIdentity;
import io.github.kmsjca.internal.handle.SigningHandle;
import java.security.SignatureException;

/**
 * Checks, without a call, that KMS returned a signature and that the public key verifies it. This check detects the
 * certificate of another key, and answers that are not signatures.
 *
 * @param message the message that KMS was asked to sign
 * @param request the content of the {@code Sign} request, with the KMS algorithm
 */
record SignatureCheck(SigningHandle key, PreparedMessage message, SigningInput request) {
    private static final String CHECK_PROXIES = "; try again, and check the endpoint and the proxies on the way to it";
    private static final String CORRECT_ENTRY =
            "; give the entry the certificate of this key, or correct the line 'key:' of the entry";

    /**
     * Checks the form of a signature, and verifies it if the setting {@code verify-after-sign} says so.
     *
     * @throws SignatureException if the signature is malformed or does not verify
     */
    void require(byte[] signature) throws SignatureException {
        requireForm(signature);
        VerifyAfterSign when = key.settings().verifyAfterSign();
        if (when == VerifyAfterSign.NEVER || (when == VerifyAfterSign.FIRST && key.isProven(request.algorithm()))) {
            return;
        }
        if (!BouncyCastleVerifier.verify(message, signature)) {
            key.reference().markStale();
            throw new SignatureException(
                    "the signature that KMS made with key " + key.keyId() + " does not verify with " + publicKeyText()
                            + ", so the signature is not returned" + explanation(signature));
        }
        key.confirm();
        if (when == VerifyAfterSign.FIRST) {
            key.markProven(request.algorithm());
        }
    }

    private String publicKeyText() {
        if (key.source() == KeyIdentity.Source.KMS) {
            return "the public key that KMS itself returned for this key";
        }
        return key.isUnconfirmed()
                ? "the certificate of the entry"
                : "the certificate of the entry, which was right before";
    }

    private String explanation(byte[] signature) {
        return SignatureDiagnosis.of(message, signature)
                .map(cause -> ". " + cause)
                .orElseGet(() -> key.isUnconfirmed() ? CORRECT_ENTRY : CHECK_PROXIES);
    }

    private void requireForm(byte[] signature) throws SignatureException {
        try {
            SignatureForm.requireWellFormed(message.plan(), signature);
        } catch (SignatureException e) {
            throw new SignatureException(
                    "the KMS answer for key " + key.keyId() + " is not a signature, so the answer is not returned: "
                            + e.getMessage()
                            + (key.isUnconfirmed()
                                    ? "; the certificate of the entry may belong to another key" + CORRECT_ENTRY
                                    : CHECK_PROXIES),
                    e);
        }
    }
}
