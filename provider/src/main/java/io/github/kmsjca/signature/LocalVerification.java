package io.github.kmsjca.signature;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.SignatureException;

/** Verification here, for keys of a kind that the JDK cannot verify with. */
final class LocalVerification implements Operation {
    private final PublicKey key;
    private final SigningPlan plan;
    private final SignatureInput input;

    LocalVerification(PublicKey key, SigningPlan plan) {
        this.key = key;
        this.plan = plan;
        this.input = plan.newInput();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) throws SignatureException {
        input.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) throws SignatureException {
        input.update(bytes);
    }

    @Override
    public boolean verify(byte[] signature) throws SignatureException {
        return DigestVerifier.verify(plan, key, input.finish(), signature);
    }

    @Override
    public byte[] sign() {
        throw new IllegalStateException("initialized for verification");
    }
}
