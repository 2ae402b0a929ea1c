package io.github.kmsjca.internal.signature;

import java.security.InvalidKeyException;

/** Verification here with public keys that the JDK's providers cannot verify with, or not in every version. */
final class LocalVerification extends MessageOperation {
    LocalVerification(SigningPlan plan) throws InvalidKeyException {
        super(plan);
    }

    @Override
    boolean verify(Prepared message, byte[] signature) {
        return LocalVerifier.verify(message, signature);
    }
}
