package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.SignatureException;

/** Verification by KMS itself, which leaves an audit event: one request for each signature. */
final class KmsVerification extends MessageOperation {
    private final KmsPrivateKey key;

    KmsVerification(KmsPrivateKey key, SigningPlan plan) {
        super(plan);
        this.key = key;
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        try {
            return key.verify(finish(), signature);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }
}
