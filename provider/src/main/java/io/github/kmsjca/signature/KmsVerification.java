package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.key.KmsPrivateKey;
import java.security.SignatureException;

/** Verification by KMS itself, which leaves an audit event: one request for each signature. */
final class KmsVerification extends OwnOperation {
    private final KmsPrivateKey key;

    KmsVerification(KmsPrivateKey key, SigningPlan plan) {
        super(plan);
        this.key = key;
    }

    @Override
    boolean verify(Prepared message, byte[] signature) throws SignatureException {
        try {
            return key.verify(message.request(), signature);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    byte[] sign(Prepared message) {
        throw new IllegalStateException("initialized for verification");
    }
}
