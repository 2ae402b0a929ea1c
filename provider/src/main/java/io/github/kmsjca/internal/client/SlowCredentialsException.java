package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The search for AWS credentials did not end within the time limit. Also thrown if slow credentials of the program are
 * the likely reason why a request did not begin in time.
 */
final class SlowCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    SlowCredentialsException(Throwable cause) {
        super(SdkClientException.builder().cause(cause));
    }
}
