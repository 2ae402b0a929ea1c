package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.KeyFamily;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/** Converts a message, as it arrives, to the bytes that KMS signs. */
sealed interface SignatureInput
        permits HashedInput, PrefixedInput, RawMessageInput, CallerDigestInput, DigestInfoInput {

    void update(byte[] bytes, int offset, int length);

    void update(ByteBuffer bytes);

    /**
     * Returns the bytes that KMS signs. Afterwards the input is empty, even if this method fails.
     *
     * @throws SignatureException if KMS cannot sign this message
     */
    PreparedMessage finish() throws SignatureException;

    /**
     * Returns an empty input for a plan.
     *
     * @throws InvalidKeyException if the public key is not valid for its key spec
     */
    static SignatureInput of(SigningPlan plan) throws InvalidKeyException {
        return switch (plan.messageType()) {
            case RAW -> new RawMessageInput(plan);
            case EXTERNAL_MU -> PrefixedInput.mu(plan);
            case DIGEST -> digest(plan);
        };
    }

    private static SignatureInput digest(SigningPlan plan) throws InvalidKeyException {
        if (plan.spec().family() == KeyFamily.SM2) {
            return PrefixedInput.sm2(plan);
        }
        return switch (plan.algorithm().hashing()) {
            case BY_NAME, BY_PARAMETERS, BY_SCHEME -> new HashedInput(plan);
            case BY_CALLER ->
                plan.algorithm().scheme() == SignatureScheme.RSA_PKCS1
                        ? new DigestInfoInput(plan)
                        : new CallerDigestInput(plan);
        };
    }
}
