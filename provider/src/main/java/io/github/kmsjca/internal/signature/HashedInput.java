package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.handle.JdkEngines;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;

/** Hashes a message as it arrives, with constant memory. */
final class HashedInput implements SignatureInput {
    private final SigningPlan plan;
    private final MessageDigest digest;
    private final int requiredLength;

    HashedInput(SigningPlan plan) {
        this.plan = plan;
        this.digest = messageDigest(plan.digest().orElseThrow());
        this.requiredLength = plan.signedDigest().orElseThrow().length();
    }

    static MessageDigest messageDigest(Digest digest) {
        try {
            return MessageDigest.getInstance(digest.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(
                    "no installed provider offers the hash " + digest.jcaName() + JdkEngines.remedy("SUN"), e);
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        digest.update(bytes, offset, count);
    }

    @Override
    public void update(ByteBuffer bytes) {
        digest.update(bytes);
    }

    @Override
    public PreparedMessage finish() {
        return new PreparedMessage(plan, EcdsaConversion.fit(digest.digest(), requiredLength));
    }
}
