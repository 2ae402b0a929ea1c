package io.github.kmsjca.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tells that an answer lacks what KMS always tells: it comes from something that is not KMS. */
final class IncompleteAnswerException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    private IncompleteAnswerException(String member) {
        super(SdkClientException.builder().message("it has no " + member));
    }

    /** Returns the value of a member, which must be there. */
    static <T> T require(@Nullable T value, String member) {
        if (value == null) {
            throw new IncompleteAnswerException(member);
        }
        return value;
    }
}
