package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.client.SignAnswer;
import io.github.kmsjca.internal.client.SigningInput;
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
        SigningInput request = message.request();
        try {
            SignAnswer answer = key.sign(request);
            check(message, request, answer);
            key.reference().accept(answer.key());
            return answer.signature();
        } catch (KmsException e) {
            KmsException failure = key.explained(e);
            throw new SignatureException(failure.getMessage(), failure);
        }
    }

    private void check(PreparedMessage message, SigningInput request, SignAnswer answer) throws SignatureException {
        try {
            new SignatureCheck(key, message, request).require(answer.signature());
        } catch (SignatureException refused) {
            key.logRefusedSignature(String.valueOf(refused.getMessage()));
            throw refused;
        }
    }
}
