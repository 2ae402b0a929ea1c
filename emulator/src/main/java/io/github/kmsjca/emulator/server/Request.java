package io.github.kmsjca.emulator.server;

import com.sun.net.httpserver.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as it came in. */
// carries bytes from one place to another and is never compared
@SuppressWarnings("ArrayRecordComponent")
record Request(String method, Headers headers, byte[] body) {
    private static final String TARGET_PREFIX = "TrentService.";
    private static final Pattern ACCESS_KEY_ID = Pattern.compile("Credential=([^/,]+)/");

    /** Returns the operation that the request names, or an empty text. */
    String operation() {
        String target = header("X-Amz-Target").orElse("");
        return target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
    }

    /** Returns the access key id in the Signature Version 4 authorization. */
    Optional<String> accessKeyId() {
        return header("Authorization")
                .map(ACCESS_KEY_ID::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** Returns the first value of a header. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }
}
