package io.github.kmsjca.internal.algorithm;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A state that only a bug of the provider can cause. The class is here because all packages that throw it may use this
 * package.
 */
public final class ProviderBug extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ProviderBug(String impossible) {
        this(impossible, null);
    }

    public ProviderBug(String impossible, @Nullable Throwable cause) {
        super("a bug in kms-jca, please report it: " + impossible, cause);
    }
}
