package io.github.kmsjca.client;

import io.github.kmsjca.config.ForeignText;
import java.io.Serial;
import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/** A failed operation of KMS, told in one sentence: operation, key, reason, remedy and request id. */
public final class KmsException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean concernsKey;

    KmsException(String code, boolean concernsKey, String message, Throwable cause) {
        super(ForeignText.clean(message), SdkFailure.of(cause));
        this.code = code;
        this.concernsKey = concernsKey;
    }

    /** Makes the exception for a key that KMS has told of, but which is none that can be used. */
    public KmsException(String message, @Nullable Throwable cause) {
        super(ForeignText.clean(message), cause);
        this.code = "UNUSABLE_KEY";
        this.concernsKey = true;
    }

    /**
     * Returns the error code of the service, such as {@code DisabledException}, or for a call that got no answer the
     * name of what stood in its way, such as {@code NO_CREDENTIALS}.
     */
    public String code() {
        return code;
    }

    /** Returns whether a permission is missing. */
    public boolean isDenied() {
        return code.equals(KmsErrors.ACCESS_DENIED.code());
    }

    /** Returns whether what should have been decrypted is no ciphertext for the key. */
    public boolean isBadCiphertext() {
        return code.equals(KmsErrors.INVALID_CIPHERTEXT.code());
    }

    /** Returns whether the key is no key pair, so that there is no public key to be had. */
    public boolean isNoKeyPair() {
        return code.equals(KmsErrors.UNSUPPORTED.code());
    }

    /** Returns whether there is no such key or alias. */
    public boolean isUnknownKey() {
        return code.equals(KmsErrors.NOT_FOUND.code());
    }

    /** Returns whether the same call may succeed in a moment, if the key has just been made. */
    boolean mayPass() {
        return isUnknownKey() || code.equals(KmsErrors.INVALID_STATE.code());
    }

    /** Returns whether it is the key that is at fault, so that the same call may succeed for another one. */
    public boolean concernsKey() {
        return concernsKey;
    }
}
