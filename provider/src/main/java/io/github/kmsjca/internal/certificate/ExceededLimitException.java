package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.ExceededBoundException;
import java.security.cert.CertificateException;

/**
 * Reports that a certificate or an encrypted part of a file exceeds a limit. This does not mean that it is damaged. The
 * message is only a part of a sentence. Callers complete it to an error text that names the file.
 */
final class ExceededLimitException extends CertificateException {
    private static final long serialVersionUID = 1L;

    ExceededLimitException(String message) {
        super(message);
    }

    /** Creates the exception for a limit of {@link io.github.kmsjca.internal.handle.DerBounds}. */
    ExceededLimitException(ExceededBoundException exceeded) {
        super(exceeded.getMessage(), exceeded);
    }
}
