package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.internal.algorithm.SignatureEncoding;
import io.github.kmsjca.internal.handle.CurveDomain;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.util.Optional;

/** Converts the message to the bytes that KMS signs, and then signs or verifies them. */
abstract sealed class MessageOperation implements Operation
        permits KmsSignOperation, KmsVerifyOperation, LocalVerifyOperation {
    private final SigningPlan plan;
    private final SignatureInput input;

    MessageOperation(SigningPlan plan) throws InvalidKeyException {
        this.plan = plan;
        this.input = SignatureInput.of(plan);
    }

    @Override
    public final void update(byte[] bytes, int offset, int length) {
        input.update(bytes, offset, length);
    }

    @Override
    public final void update(ByteBuffer bytes) {
        input.update(bytes);
    }

    @Override
    public final byte[] sign() throws SignatureException {
        byte[] signature = sign(input.finish());
        return plan.algorithm().encoding() == SignatureEncoding.P1363
                ? EcdsaConversion.toP1363(signature, CurveDomain.order(plan.spec()))
                : signature;
    }

    @Override
    public final void requireRoom(int length) throws SignatureException {
        int longest = SignatureForm.maxLength(plan);
        if (length < longest) {
            // discards the message
            input.finish();
            throw new SignatureException("the signature can have " + longest + " bytes, and the output has room for "
                    + length + "; nothing was signed");
        }
    }

    @Override
    public final boolean verify(byte[] signature) throws SignatureException {
        PreparedMessage message = input.finish();
        Optional<byte[]> inKmsFormat = inKmsFormat(signature);
        return inKmsFormat.isPresent() && verify(message, inKmsFormat.get());
    }

    /**
     * Returns a signature in the KMS format; empty if it is in another format and malformed, and therefore invalid.
     * Does not check a signature that is already in the KMS format.
     */
    private Optional<byte[]> inKmsFormat(byte[] signature) {
        if (plan.algorithm().encoding() == SignatureEncoding.KMS) {
            return Optional.of(signature);
        }
        try {
            return Optional.of(EcdsaConversion.fromP1363(signature, CurveDomain.order(plan.spec())));
        } catch (SignatureException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the KMS signature over a message, in the KMS format. */
    byte[] sign(PreparedMessage message) throws SignatureException {
        throw new ProviderBug("initialized for verification");
    }

    /** Returns whether a signature in the KMS format is valid for a message. */
    boolean verify(PreparedMessage message, byte[] signature) throws SignatureException {
        throw new ProviderBug("initialized for signing");
    }
}
