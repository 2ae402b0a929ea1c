package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.ExceededBoundException;
import java.security.cert.CertificateException;

/**
 * Reports that a certificate or an encrypted part of a file exceeds a limit, although it may not be damaged. The
 * message is only a part of a sentence, so callers put the name of the file in front of it.
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
