package io.github.kmsjca.internal.client.http;

import java.io.Serial;

/**
 * A variable or property for a proxy has a wrong value. The message names the variable or property, but not the value,
 * which may contain a password.
 */
public final class BadProxyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadProxyException(String message) {
        super(message);
    }
}
