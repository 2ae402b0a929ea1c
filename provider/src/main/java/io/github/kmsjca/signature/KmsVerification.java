package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** Verification by KMS itself, which leaves an audit event: one request for each signature. */
final class KmsVerification implements Operation {
    private final KmsPrivateKey key;
    private final SigningPlan plan;
    private final SignatureInput input;

    KmsVerification(KmsPrivateKey key, SigningPlan plan) {
        this.key = key;
        this.plan = plan;
        this.input = plan.newInput();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) throws SignatureException {
        input.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) throws SignatureException {
        input.update(bytes);
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        try {
            return key.verify(new SigningInput(plan.kmsAlgorithm(), input.type(), input.finish()), signature);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] sign() {
        throw new IllegalStateException("initialized for verification");
    }
}
