package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.handle.BoundedMessage;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** A message that is sent unchanged, and so has a length limit. */
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
        boolean byScheme = plan.algorithm().scheme().messageType() == MessageType.RAW;
        String with = "with " + (byScheme ? plan.algorithm().jcaName() : "message=raw") + " KMS ";
        if (length == 0) {
            return new SignatureException(with + "refuses an empty message" + (byScheme ? "" : "; set message=digest"));
        }
        return new SignatureException(with + "takes at most " + MessageType.RAW_LIMIT + " bytes; "
                + (byScheme
                        ? "it takes no digest instead, so sign a digest as the message, or use a key of another kind"
                        : "set message=digest for longer messages"));
    }
}
