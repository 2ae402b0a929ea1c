package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.client.SigningInput;

/**
 * A complete message, in the form that KMS signs.
 *
 * @param plan how to sign or verify; for {@code NONEwithRSA}, with the hash algorithm of the DigestInfo
 * @param bytes the message, its digest or its representative µ, as the plan says
 */
// the array is compared by identity, but nothing compares this record; a copy would cost time for every signature
@SuppressWarnings("ArrayRecordComponent")
record PreparedMessage(SigningPlan plan, byte[] bytes) {
    SigningInput request() {
        return new SigningInput(plan.kmsAlgorithm(), plan.messageType(), bytes);
    }
}
