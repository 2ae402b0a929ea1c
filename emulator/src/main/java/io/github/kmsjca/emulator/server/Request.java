package io.github.kmsjca.emulator.server;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param id the id that the emulator gave the request
 * @param body the body; if it is longer than {@link #MAX_BODY_BYTES}, its first {@code MAX_BODY_BYTES + 1} bytes
 */
// no code compares instances of this record
@SuppressWarnings("ArrayRecordComponent")
record Request(String id, String method, URI uri, Headers headers, byte[] body) {
    /** Enough for every valid request. The longest is CreateKey with a policy and many tags. */
    static final int MAX_BODY_BYTES = 1 << 20;

    private static final String TARGET_PREFIX = "TrentService.";

    /** Returns the operation that the request names, or an empty text if it names none. */
    String operation() {
        String target = header("X-Amz-Target").orElse("");
        return target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
    }

    /** Returns the first value of a header, if the request has the header. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }
}
