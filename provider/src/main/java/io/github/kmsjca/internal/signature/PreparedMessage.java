package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.client.SigningInput;

/**
 * What is left of a message when it has come to its end: the bytes for KMS.
 *
 * @param plan the plan, with the digest even where it came with the message
 * @param bytes the message, its digest or its representative µ, as the plan says
 */
// never compared, and a copy would cost on the path of every signature
@SuppressWarnings("ArrayRecordComponent")
record PreparedMessage(SigningPlan plan, byte[] bytes) {
    SigningInput request() {
        return new SigningInput(plan.kmsAlgorithm(), plan.messageType(), bytes);
    }
}
