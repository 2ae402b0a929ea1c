package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the form of a Signature Version 4 authorization and the Region in its scope.
 *
 * <p>The signature itself is not verified: any credentials are good for the emulator.
 */
final class Authorization {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String TERMINATOR = "aws4_request";
    private static final List<String> PARAMETERS = List.of("Credential", "Signature", "SignedHeaders");
    private static final int SCOPE_PARTS = 5;

    private static final Pattern CREDENTIAL =
            Pattern.compile(ALGORITHM + " .*\\bCredential=([^/,]+)/(?:[^/,]*/([^/,]+)/)?.*");

    private final Set<String> regions;

    Authorization(Set<String> regions) {
        this.regions = regions;
    }

    /**
     * Checks a request.
     *
     * @return the Region that it is for
     * @throws io.github.kmsjca.emulator.wire.ServiceException MissingAuthenticationTokenException,
     *     IncompleteSignatureException, or InvalidSignatureException for a scope of elsewhere
     */
    String require(Request request) {
        String header = request.header("Authorization")
                .orElseThrow(() -> ErrorType.MISSING_AUTHENTICATION_TOKEN.with("Missing Authentication Token"));
        Map<String, String> parameters = parameters(header);
        StringBuilder missing = new StringBuilder();
        for (String name : PARAMETERS) {
            if (!parameters.containsKey(name)) {
                missing.append("Authorization header requires '").append(name).append("' parameter. ");
            }
        }
        if (request.header("X-Amz-Date").or(() -> request.header("Date")).isEmpty()) {
            missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        if (!missing.isEmpty()) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with(missing + "Authorization=" + header);
        }
        return requireScope(parameters.getOrDefault("Credential", ""));
    }

    /** Returns whose credentials signed a request, whether or not it is in order. */
    static Optional<String> accessKeyId(Request request) {
        return credential(request).map(found -> found.group(1));
    }

    /** Returns the Region that a request was signed for, whether or not it is in order. */
    static Optional<String> region(Request request) {
        return credential(request).map(found -> found.group(2));
    }

    private static Optional<Matcher> credential(Request request) {
        return request.header("Authorization").map(CREDENTIAL::matcher).filter(Matcher::matches);
    }

    private static Map<String, String> parameters(String header) {
        if (!header.startsWith(ALGORITHM + " ")) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with("The authorization is not of the algorithm " + ALGORITHM + ".");
        }
        Map<String, String> parameters = new HashMap<>();
        for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw ErrorType.INCOMPLETE_SIGNATURE.with("'" + part.strip()
                        + "' not a valid key=value pair (missing equal-sign) in Authorization header: '" + header
                        + "'.");
            }
            parameters.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return parameters;
    }

    private String requireScope(String credential) {
        String[] parts = credential.split("/", -1);
        if (parts.length != SCOPE_PARTS) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with("Credential must have exactly 5 slash-delimited elements,"
                    + " e.g. keyid/date/region/service/term, got '" + credential + "'");
        }
        if (!regions.contains(parts[2])) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "Credential should be scoped to a valid region, not '" + parts[2] + "'. ");
        }
        if (!parts[3].equals("kms")) {
            throw ErrorType.INVALID_SIGNATURE.with("Credential should be scoped to correct service: 'kms'. ");
        }
        if (!parts[4].equals(TERMINATOR)) {
            throw ErrorType.INVALID_SIGNATURE.with("Credential should be scoped with a valid terminator: '" + TERMINATOR
                    + "', not '" + parts[4] + "'. ");
        }
        return parts[2];
    }
}
