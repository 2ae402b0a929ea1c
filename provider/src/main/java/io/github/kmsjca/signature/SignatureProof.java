package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.MessageType;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.config.VerifyAfterSign;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.SignatureException;

/**
 * The check that a signature from KMS fits the public key, made without a call before the signature is returned. It
 * catches the certificate of another key, an alias that was moved, and answers that are no signatures.
 */
final class SignatureProof {
    private SignatureProof() {}

    /**
     * Checks a signature as the setting {@code verify-after-sign} asks.
     *
     * @throws SignatureException if the signature does not fit
     */
    static void require(KmsPrivateKey key, SigningPlan plan, SigningInput request, byte[] signature)
            throws SignatureException {
        VerifyAfterSign when = key.session().settings().verifyAfterSign();
        if (when == VerifyAfterSign.NEVER || (when == VerifyAfterSign.FIRST && key.isProven())) {
            return;
        }
        if (!DigestVerifier.verify(plan, key.publicKey(), digest(plan, request), signature)) {
            throw new SignatureException("the signature that KMS made with key " + key.keyId()
                    + " does not fit the certificate or public key of the entry, and is not returned;"
                    + " give the entry the certificate of this key, or name the key of this certificate");
        }
        key.markProven();
    }

    private static byte[] digest(SigningPlan plan, SigningInput request) {
        return request.type() == MessageType.DIGEST
                ? request.message()
                : SignatureInput.messageDigest(plan.digest()).digest(request.message());
    }
}
