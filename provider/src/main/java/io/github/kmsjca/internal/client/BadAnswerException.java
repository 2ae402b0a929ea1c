package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** An answer that cannot have come from KMS. The static methods check the members of an answer. */
final class BadAnswerException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception. The text {@code problem} must call the answer "the answer". */
    BadAnswerException(String problem) {
        super(SdkClientException.builder().message(problem));
    }

    /** Returns the key ARN in a required member. */
    static KeyId requireArn(@Nullable String value, String member) {
        return KeyId.find(require(value, member))
                .filter(KeyId::isKeyArn)
                .orElseThrow(
                        () -> new BadAnswerException("the answer's " + member + " '" + value + "' is not a key ARN"));
    }

    /**
     * Returns the key ARN or key id in a required member. Some servers that imitate KMS return a key id instead of an
     * ARN.
     */
    static KeyId requireKey(@Nullable String value, String member) {
        return KeyId.find(require(value, member))
                .filter(id -> !id.isAlias())
                .orElseThrow(() -> new BadAnswerException(
                        "the answer's " + member + " '" + value + "' is neither a key ARN nor a key id"));
    }

    /**
     * Returns the items of a list. Checks that the answer has the list, that there are not too many items, and that no
     * item is null.
     *
     * @param isPresent whether the answer has the list; if not, the SDK returns an empty list
     */
    static <T> List<T> requireList(boolean isPresent, List<T> items, int max, String member) {
        if (!isPresent) {
            throw new BadAnswerException("the answer has no " + member);
        }
        if (items.size() > max) {
            throw new BadAnswerException(
                    "the answer has " + items.size() + " items in " + member + ", but a page has at most " + max);
        }
        items.forEach(item -> require(item, "item in " + member));
        return items;
    }

    /** Checks that an answer names the algorithm of the request. */
    static void requireAlgorithm(String sent, @Nullable String answered, String member) {
        if (!sent.equals(answered)) {
            throw new BadAnswerException(
                    "the answer's " + member + " is " + require(answered, member) + " instead of " + sent);
        }
    }

    /** Returns the text of a required member. Checks that the text is not too long, because the caller keeps it. */
    static String requireText(@Nullable String value, int max, String member) {
        String text = require(value, member);
        if (text.length() > max) {
            throw new BadAnswerException("the answer's " + member + " has more than " + max + " characters");
        }
        return text;
    }

    /** Returns the value of a required member. */
    static <T> T require(@Nullable T value, String member) {
        if (value == null) {
            throw new BadAnswerException("the answer has no " + member);
        }
        return value;
    }
}
