package io.github.kmsjca.signature;

import java.security.PublicKey;
import java.security.SignatureException;

/** Verification here, for keys of a kind that the JDK cannot verify with. */
final class LocalVerification extends MessageOperation {
    private final PublicKey key;

    LocalVerification(PublicKey key, SigningPlan plan) {
        super(plan);
        this.key = key;
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        return DigestVerifier.verify(plan(), key, finish().message(), signature);
    }
}
