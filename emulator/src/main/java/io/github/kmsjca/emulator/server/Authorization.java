package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the authorization of a request (Signature Version 4): the form, and the Region, service and terminator in the
 * scope.
 *
 * <p>If the emulator has credentials, this class also verifies the signature. Otherwise it accepts any signature.
 */
final class Authorization {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String TERMINATOR = "aws4_request";
    private static final List<String> REQUIRED_PARAMETERS = List.of("Credential", "Signature", "SignedHeaders");

    // for the log, this pattern also finds the values in an authorization that is otherwise malformed
    private static final Pattern CREDENTIAL =
            Pattern.compile(ALGORITHM + " .*\\bCredential=(?<accessKeyId>[^/,]+)/(?:[^/,]*/(?<region>[^/,]+)/)?.*");

    private final Set<String> regions;
    private final @Nullable SignatureCheck check;

    Authorization(Set<String> regions, @Nullable SignatureCheck check) {
        this.regions = regions;
        this.check = check;
    }

    /**
     * Checks a request.
     *
     * @return the Region that the request is signed for
     * @throws io.github.kmsjca.emulator.wire.ServiceException MissingAuthenticationTokenException if there is no
     *     authorization; IncompleteSignatureException if the authorization is malformed or incomplete, or if there is
     *     no date; InvalidSignatureException if the scope is wrong; the exceptions of {@link SignatureCheck#require} if
     *     the emulator has credentials
     */
    String require(Request request) {
        String header = request.header("Authorization")
                .orElseThrow(() -> ErrorType.MISSING_AUTHENTICATION_TOKEN.with("Missing Authentication Token"));
        Map<String, String> parameters = parameters(header);
        StringBuilder missing = new StringBuilder();
        for (String name : REQUIRED_PARAMETERS) {
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
        SigV4Parameters sigV4 = SigV4Parameters.of(parameters);
        requireScope(sigV4);
        if (check != null) {
            check.require(request, sigV4);
        }
        return sigV4.region();
    }

    /** Returns the access key id in the authorization of a request, if any, without checking the request. */
    static Optional<String> accessKeyId(Request request) {
        return credential(request).map(found -> found.group("accessKeyId"));
    }

    /** Returns the Region in the authorization of a request, if any, without checking the request. */
    static Optional<String> region(Request request) {
        return credential(request).map(found -> found.group("region"));
    }

    private static Optional<Matcher> credential(Request request) {
        return request.header("Authorization").map(CREDENTIAL::matcher).filter(Matcher::matches);
    }

    private static Map<String, String> parameters(String header) {
        if (header.strip().equals(ALGORITHM)) {
            return Map.of();
        }
        if (!header.startsWith(ALGORITHM + " ")) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with(
                    "The authorization does not use the algorithm " + ALGORITHM + ".");
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

    private void requireScope(SigV4Parameters sigV4) {
        if (!regions.contains(sigV4.region())) {
            throw ErrorType.INVALID_SIGNATURE.with(
                    "Credential should be scoped to a valid region, not '" + sigV4.region() + "'. ");
        }
        if (!sigV4.service().equals("kms")) {
            throw ErrorType.INVALID_SIGNATURE.with("Credential should be scoped to correct service: 'kms'. ");
        }
        if (!sigV4.terminator().equals(TERMINATOR)) {
            throw ErrorType.INVALID_SIGNATURE.with("Credential should be scoped with a valid terminator: '" + TERMINATOR
                    + "', not '" + sigV4.terminator() + "'. ");
        }
    }
}
