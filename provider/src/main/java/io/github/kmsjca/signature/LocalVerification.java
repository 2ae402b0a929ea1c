package io.github.kmsjca.signature;

/** Verification here with public keys that the JDK's providers cannot verify with, or not in every version. */
final class LocalVerification extends OwnOperation {
    LocalVerification(SigningPlan plan) {
        super(plan);
    }

    @Override
    boolean verify(Prepared message, byte[] signature) {
        return LocalVerifier.verify(message, signature);
    }

    @Override
    byte[] sign(Prepared message) {
        throw new IllegalStateException("initialized for verification");
    }
}
