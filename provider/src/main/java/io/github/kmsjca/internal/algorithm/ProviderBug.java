package io.github.kmsjca.internal.algorithm;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A state that cannot be, unless the provider itself is wrong. Every package may throw it, so it lies below all. */
public final class ProviderBug extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ProviderBug(String impossible) {
        this(impossible, null);
    }

    public ProviderBug(String impossible, @Nullable Throwable cause) {
        super("a defect of kms-jca, please report it: " + impossible, cause);
    }
}
