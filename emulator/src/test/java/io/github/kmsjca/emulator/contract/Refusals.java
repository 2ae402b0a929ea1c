package io.github.kmsjca.emulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Assertions about the errors that a client receives. */
final class Refusals {
    /** For errors without a message. */
    static final @Nullable String NO_MESSAGE = null;

    private static final int BAD_REQUEST = 400;

    private Refusals() {}

    /** Asserts an error with status 400 and {@code message}, which can be {@link #NO_MESSAGE}. */
    static void assertRefused(String code, @Nullable String message, Executable call) {
        KmsException refusal = assertThrows(KmsException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
        assertEquals(message, refusal.awsErrorDetails().errorMessage());
        assertEquals(BAD_REQUEST, refusal.statusCode());
    }

    /**
     * Asserts an error with status 400, without checking the message, and returns the error. Use it, for example, for
     * errors whose message KMS does not document.
     */
    static KmsException assertRefused(String code, Executable call) {
        KmsException refusal = assertThrows(KmsException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
        assertEquals(BAD_REQUEST, refusal.statusCode());
        return refusal;
    }
}
