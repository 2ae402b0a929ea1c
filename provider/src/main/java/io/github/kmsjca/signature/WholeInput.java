package io.github.kmsjca.signature;

import io.github.kmsjca.algorithm.MessageType;
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
        String with = "with " + (plan.raw() ? "message=raw" : plan.algorithm().jcaName()) + " KMS ";
        String remedy =
                plan.raw() ? "set message=digest" : "KMS hashes such messages itself, so nothing shorter will do";
        return new SignatureException(with
                + (length == 0
                        ? "refuses an empty message; " + remedy
                        : "takes at most " + MessageType.RAW_LIMIT + " bytes; " + remedy + " for longer messages"));
    }
}
