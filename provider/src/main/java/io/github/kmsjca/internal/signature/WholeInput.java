package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.MessageType;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** A message that is sent as it is, and therefore is short. */
final class WholeInput implements SignatureInput {
    private final SigningPlan plan;
    private final ShortBuffer message = new ShortBuffer(MessageType.RAW_LIMIT);

    WholeInput(SigningPlan plan) {
        this.plan = plan;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        message.update(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) {
        message.update(bytes);
    }

    @Override
    public Prepared finish() throws SignatureException {
        long length = message.length();
        byte[] whole = message.finish();
        if (length == 0 || length > MessageType.RAW_LIMIT) {
            throw refusal(length);
        }
        return new Prepared(plan, whole);
    }

    private SignatureException refusal(long length) {
        boolean byScheme = plan.algorithm().scheme().messageType() == MessageType.RAW;
        String with = "with " + (byScheme ? plan.algorithm().jcaName() : "message=raw") + " KMS ";
        if (length == 0) {
            return new SignatureException(with + "refuses an empty message" + (byScheme ? "" : "; set message=digest"));
        }
        return new SignatureException(with + "takes at most " + MessageType.RAW_LIMIT + " bytes; "
                + (byScheme
                        ? "it cannot be sent a digest instead, so sign one as the message, or use a key of another kind"
                        : "set message=digest for longer messages"));
    }
}
