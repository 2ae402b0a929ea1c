package io.github.kmsjca.emulator.control;

import java.util.Optional;

/**
 * A request that the emulator received.
 *
 * @param operation the operation, such as {@code Sign}; empty if the request named none
 * @param region the Region that it was signed for, if it told one
 * @param accessKeyId whose credentials signed it, if any did
 * @param keyId the key identifier as sent, if there was one
 * @param parameters the JSON of the request as sent
 * @param status the HTTP status of the answer; 0 if the connection was closed without one
 * @param errorType the type of the error that was answered
 */
public record LoggedRequest(
        String operation,
        Optional<String> region,
        Optional<String> accessKeyId,
        Optional<String> keyId,
        String parameters,
        int status,
        Optional<String> errorType) {}
