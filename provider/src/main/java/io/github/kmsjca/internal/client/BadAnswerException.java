package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says that an answer is not one that KMS gives: it comes from something else. */
final class BadAnswerException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes the exception with what is wrong with the answer, which "it" stands for. */
    BadAnswerException(String problem) {
        super(SdkClientException.builder().message(problem));
    }

    /** Returns the key of a member, which must be a key ARN. */
    static KeyId requireArn(@Nullable String value, String member) {
        return KeyId.find(require(value, member))
                .filter(id -> !id.isAlias() && id.account().isPresent())
                .orElseThrow(() -> new BadAnswerException("its " + member + " is not a key ARN"));
    }

    /** Returns the value of a member, which must be there. */
    static <T> T require(@Nullable T value, String member) {
        if (value == null) {
            throw new BadAnswerException("it has no " + member);
        }
        return value;
    }
}
