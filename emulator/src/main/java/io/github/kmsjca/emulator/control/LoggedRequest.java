package io.github.kmsjca.emulator.control;

import java.util.Optional;

/**
 * A request that the emulator received.
 *
 * @param requestId the id that the emulator gave the request
 * @param userAgent the user agent of the client, if the request names one
 * @param operation the operation, such as {@code Sign}; empty if the request does not name one
 * @param region the Region that the request was signed for, if the authorization names one
 * @param accessKeyId the access key id in the authorization, if there is one
 * @param keyId the key identifier or alias name as sent: the first that the request has of {@code KeyId},
 *     {@code TargetKeyId} and {@code AliasName}
 * @param parameters the body of the request as sent, but only the beginning of a body of more than 1 MiB
 * @param status the HTTP status of the answer; 0 if the emulator sent no answer
 * @param errorType the error type in the answer; empty if the answer is not an error, or comes from
 *     {@link Fault.Match#response}
 */
public record LoggedRequest(
        String requestId,
        Optional<String> userAgent,
        String operation,
        Optional<String> region,
        Optional<String> accessKeyId,
        Optional<String> keyId,
        String parameters,
        int status,
        Optional<String> errorType) {}
