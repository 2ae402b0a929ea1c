package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/**
 * Verifies locally with Bouncy Castle, because some supported JDK cannot verify such signatures, or verifies them
 * wrongly.
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
