package io.github.kmsjca.emulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Assertions about errors as a client sees them. */
final class Refusals {
    private static final int BAD_REQUEST = 400;

    private Refusals() {}

    /** Asserts an error of status 400; the message is null if the service sends none. */
    static void assertRefused(String code, @Nullable String message, Executable call) {
        KmsException refusal = assertThrows(KmsException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
        assertEquals(message, refusal.awsErrorDetails().errorMessage());
        assertEquals(BAD_REQUEST, refusal.statusCode());
    }

    /** Asserts an error of which the documentation does not tell the text. */
    static KmsException assertRefused(String code, Executable call) {
        KmsException refusal = assertThrows(KmsException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
        assertEquals(BAD_REQUEST, refusal.statusCode());
        return refusal;
    }
}
