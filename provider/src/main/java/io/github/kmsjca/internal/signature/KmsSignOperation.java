package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.handle.SigningHandle;
import io.github.kmsjca.key.KmsException;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/**
 * Signs with a KMS key, with one request for each signature. Returns a signature only if it passes
 * {@link SignatureCheck}.
 */
final class KmsSignOperation extends MessageOperation {
    private final SigningHandle key;

    KmsSignOperation(SigningHandle key, SigningPlan plan) throws InvalidKeyException {
        super(plan);
        this.key = key;
    }

    @Override
    byte[] sign(PreparedMessage message) throws SignatureException {
        byte[] signature = ask(message);
        SignatureCheck.require(key, message, signature);
        return signature;
    }

    private byte[] ask(PreparedMessage message) throws SignatureException {
        try {
            return key.sign(message.request());
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }
}
