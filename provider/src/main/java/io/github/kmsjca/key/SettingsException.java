package io.github.kmsjca.key;

import io.github.kmsjca.internal.text.ForeignText;
import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Reports a setting that cannot be used. The message says where the setting comes from, what is wrong, and what to
 * write instead.
 *
 * <p>It is a {@link ProviderException} because {@code jarsigner} reports an {@code InvalidParameterException} from
 * {@code Provider.configure} as "Provider not found".
 */
public final class SettingsException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message one sentence without secrets; control characters and other invisible characters are replaced
     */
    public SettingsException(String message) {
        super(ForeignText.clean(message));
    }

    /**
     * Creates an exception.
     *
     * @param message one sentence without secrets; control characters and other invisible characters are replaced
     * @param cause the cause of the failure; null if there is none
     */
    public SettingsException(String message, @Nullable Throwable cause) {
        super(ForeignText.clean(message), cause);
    }
}
