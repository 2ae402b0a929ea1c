package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The search for AWS credentials did not end within the time limit, or is the likely reason for a late request. */
final class SlowCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    SlowCredentialsException(Throwable cause) {
        super(SdkClientException.builder().cause(cause));
    }
}
