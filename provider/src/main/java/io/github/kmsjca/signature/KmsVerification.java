package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/** Verification by KMS itself, which leaves an audit event: one request for each signature. */
final class KmsVerification extends MessageOperation {
    private final KmsPrivateKey key;

    KmsVerification(KmsPrivateKey key, SigningPlan plan) throws InvalidKeyException {
        super(plan);
        this.key = key;
    }

    @Override
    boolean verify(Prepared message, byte[] signature) throws SignatureException {
        try {
            // KMS has no plain no for what is too long or empty
            return SignatureForm.fits(message.plan(), signature) && key.verify(message.request(), signature);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }
}
