package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.handle.SigningHandle;
import io.github.kmsjca.key.KmsException;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/** Verifies in KMS. CloudTrail records the request. A malformed signature is invalid without a request. */
final class KmsVerifyOperation extends MessageOperation {
    private final SigningHandle key;

    KmsVerifyOperation(SigningHandle key, SigningPlan plan) throws InvalidKeyException {
        super(plan);
        this.key = key;
    }

    @Override
    boolean verify(PreparedMessage message, byte[] signature) throws SignatureException {
        try {
            // check first: if a signature is empty or too long, KMS returns another error than for an invalid one
            return SignatureForm.isWellFormed(message.plan(), signature) && key.verify(message.request(), signature);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }
}
