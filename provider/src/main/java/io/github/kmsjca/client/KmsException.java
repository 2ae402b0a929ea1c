package io.github.kmsjca.client;

import java.io.Serial;
import java.security.ProviderException;

/** A failed operation of KMS, told in one sentence: operation, key, reason, remedy and request id. */
public final class KmsException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    KmsException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * Returns the error code of the service, such as {@code DisabledException}, or for a call that got no answer the
     * name of what stood in its way, such as {@code NO_CREDENTIALS}.
     */
    public String code() {
        return code;
    }
}
