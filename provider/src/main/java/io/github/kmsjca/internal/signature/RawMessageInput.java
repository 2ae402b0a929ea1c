package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.handle.BoundedMessage;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** A message that is sent to KMS unchanged, so it must not be longer than KMS allows. */
final class RawMessageInput implements SignatureInput {
    private final SigningPlan plan;
    private final BoundedMessage message = new BoundedMessage(MessageType.RAW_LIMIT);

    RawMessageInput(SigningPlan plan) {
        this.plan = plan;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        message.append(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) {
        message.append(bytes);
    }

    @Override
    public PreparedMessage finish() throws SignatureException {
        long length = message.length();
        byte[] whole = message.take();
        if (length == 0 || length > MessageType.RAW_LIMIT) {
            throw refusal(length);
        }
        return new PreparedMessage(plan, whole);
    }

    private SignatureException refusal(long length) {
        String reason = length == 0
                ? "KMS refuses an empty message"
                : "KMS accepts at most " + MessageType.RAW_LIMIT + " bytes";
        if (plan.algorithm().scheme().messageType() == MessageType.RAW) {
            String other = "use a key of another type";
            String remedy = length == 0 ? other : "sign a digest of the message instead, or " + other;
            return new SignatureException("with " + plan.algorithm().jcaName() + ", " + reason + "; " + remedy);
        }
        String remedy = length == 0 ? "; set message=digest" : "; set message=digest for longer messages";
        return new SignatureException("with message=raw, " + reason + remedy);
    }
}
