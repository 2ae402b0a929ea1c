package io.github.kmsjca.signature;

import io.github.kmsjca.client.SigningInput;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** An operation that makes of the message what KMS signs; signing and verifying differ in what comes then. */
abstract sealed class MessageOperation implements Operation permits KmsSigning, KmsVerification, LocalVerification {
    private final SigningPlan plan;
    private final SignatureInput input;

    MessageOperation(SigningPlan plan) {
        this.plan = plan;
        this.input = plan.newInput();
    }

    final SigningPlan plan() {
        return plan;
    }

    /** Returns what KMS signs for the message, and is ready for the next one, also if this fails. */
    final SigningInput finish() throws SignatureException {
        return new SigningInput(plan.kmsAlgorithm(), input.type(), input.finish());
    }

    @Override
    public final void update(byte[] bytes, int offset, int length) throws SignatureException {
        input.update(bytes, offset, length);
    }

    @Override
    public final void update(ByteBuffer bytes) throws SignatureException {
        input.update(bytes);
    }

    @Override
    public byte[] sign() throws SignatureException {
        throw new IllegalStateException("initialized for verification");
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        throw new IllegalStateException("initialized for signing");
    }
}
