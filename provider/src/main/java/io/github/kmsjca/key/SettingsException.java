package io.github.kmsjca.key;

import io.github.kmsjca.internal.text.ForeignText;
import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * A setting cannot be used; the text says where it was given, what is wrong, and what to write instead.
 *
 * <p>It is a {@link ProviderException} because {@code jarsigner} turns an InvalidParameterException from
 * {@code Provider.configure} into "Provider not found".
 */
public final class SettingsException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception of one sentence, without secrets. */
    public SettingsException(String message) {
        super(ForeignText.clean(message));
    }

    /** Makes an exception of one sentence, without secrets, with the failure behind it. */
    public SettingsException(String message, @Nullable Throwable cause) {
        super(ForeignText.clean(message), cause);
    }
}
