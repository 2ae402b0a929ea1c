package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/** Verifies locally with Bouncy Castle, for public keys with which some supported JDK cannot verify. */
final class LocalVerifyOperation extends MessageOperation {
    LocalVerifyOperation(SigningPlan plan) throws InvalidKeyException {
        super(plan);
    }

    @Override
    boolean verify(PreparedMessage message, byte[] signature) {
        return BouncyCastleVerifier.verify(message, signature);
    }
}
