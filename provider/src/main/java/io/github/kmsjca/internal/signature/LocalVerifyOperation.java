package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/** Verifies locally with Bouncy Castle, for public keys that not every supported JDK can verify with. */
final class LocalVerifyOperation extends MessageOperation {
    LocalVerifyOperation(SigningPlan plan) throws InvalidKeyException {
        super(plan);
    }

    @Override
    boolean verify(PreparedMessage message, byte[] signature) {
        return BouncyCastleVerifier.verify(message, signature);
    }
}
