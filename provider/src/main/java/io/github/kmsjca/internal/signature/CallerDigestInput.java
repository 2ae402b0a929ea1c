package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.handle.BoundedMessage;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/**
 * A digest that the caller made. For {@code NONEwithECDSA}, the digest is cut or padded to the length that KMS expects;
 * with {@code ecdsa=strict}, any other length is refused. For {@code NONEwithRSASSA-PSS}, the digest must have the
 * length of the hash in the parameters.
 */
final class CallerDigestInput implements SignatureInput {
    /** The length of the longest digest that KMS signs. The JDK has the same limit. */
    private static final int MAX_LENGTH = Digest.SHA_512.length();

    private final SigningPlan plan;
    private final BoundedMessage digest = new BoundedMessage(MAX_LENGTH);

    /** The length of the digest that KMS expects, in bytes. */
    private final int requiredLength;

    CallerDigestInput(SigningPlan plan) {
        this.plan = plan;
        this.requiredLength = plan.signedDigest().orElseThrow().length();
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        digest.append(bytes, offset, count);
    }

    @Override
    public void update(ByteBuffer bytes) {
        digest.append(bytes);
    }

    @Override
    public PreparedMessage finish() throws SignatureException {
        long given = digest.length();
        byte[] whole = digest.take();
        // as in the JDK, an empty digest can be verified, but it would be a mistake to sign one
        boolean mayBeEmpty = plan.messagePolicy() == MessagePolicy.VERIFIED_DIGEST;
        if ((given == 0 && !mayBeEmpty) || given > MAX_LENGTH) {
            throw new SignatureException(
                    wrongLength(given) + "; hash the message first, or use an algorithm that hashes it");
        }
        if (isPss() && given != requiredLength) {
            throw new SignatureException(wrongLength(given) + "; set the parameters of the hash that made the digest");
        }
        if (plan.messagePolicy() == MessagePolicy.EXACT_DIGEST && given != requiredLength) {
            throw new SignatureException(
                    "with ecdsa=strict, " + plan.algorithm().jcaName() + " with an " + plan.spec()
                            + " key needs a digest of " + requiredLength + " bytes, but this digest has " + given
                            + "; use a " + requiredLength + "-byte hash, or remove ecdsa=strict");
        }
        return new PreparedMessage(plan, EcdsaConversion.fit(whole, requiredLength));
    }

    private boolean isPss() {
        return plan.algorithm().scheme() == SignatureScheme.RSA_PSS;
    }

    /** Returns the beginning of an error text: which length the digest needs, and which length it has. */
    private String wrongLength(long given) {
        String subject = plan.algorithm().jcaName();
        String needed = "1 to " + MAX_LENGTH;
        if (isPss()) {
            subject += " with " + plan.digest().orElseThrow().jcaName();
            needed = String.valueOf(requiredLength);
        }
        return subject + " takes a digest of " + needed + " bytes, not " + given;
    }
}
