package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/** All connections to a Region were in use until the time limit of an operation. */
final class NoConnectionException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoConnectionException(String region) {
        super(SdkClientException.builder().message("Region " + region));
    }
}
