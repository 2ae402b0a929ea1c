package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/** Verification here with public keys that the JDK's providers cannot verify with, or not in every version. */
final class LocalVerifyOperation extends MessageOperation {
    LocalVerifyOperation(SigningPlan plan) throws InvalidKeyException {
        super(plan);
    }

    @Override
    boolean verify(PreparedMessage message, byte[] signature) {
        return BouncyCastleVerifier.verify(message, signature);
    }
}
