package io.github.kmsjca.signature;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** Signing with a key in KMS: one request for each signature, and never one that does not fit the public key. */
final class KmsSigning implements Operation {
    private final KmsPrivateKey key;
    private final SigningPlan plan;
    private final SignatureInput input;

    KmsSigning(KmsPrivateKey key, SigningPlan plan) {
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
    public byte[] sign() throws SignatureException {
        SigningInput request = new SigningInput(plan.kmsAlgorithm(), input.type(), input.finish());
        byte[] signature = signed(request);
        SignatureProof.require(key, plan, request, signature);
        return signature;
    }

    private byte[] signed(SigningInput request) throws SignatureException {
        try {
            return key.sign(request);
        } catch (KmsException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    public boolean verify(byte[] signature) {
        throw new IllegalStateException("initialized for signing");
    }
}
