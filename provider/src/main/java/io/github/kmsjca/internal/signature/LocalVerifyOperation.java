package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/**
 * Verifies locally with Bouncy Castle. {@link ForeignKeys#verification} chooses this operation for signatures that some
 * supported JDK cannot verify, or verifies wrongly.
 */
final class LocalVerifyOperation extends MessageOperation {
    LocalVerifyOperation(SigningPlan plan) throws InvalidKeyException {
        super(plan);
    }

    @Override
    boolean verify(PreparedMessage message, byte[] signature) {
        return BouncyCastleVerifier.verify(message, signature);
    }
}
