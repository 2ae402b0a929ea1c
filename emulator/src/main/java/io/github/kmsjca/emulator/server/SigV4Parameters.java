package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a Signature Version 4 authorization.
 *
 * @param credential the access key id, date, Region, service and terminator
 * @param signedHeaders the names of the signed headers, separated by semicolons
 * @param signature the signature in hexadecimal digits
 */
record SigV4Parameters(List<String> credential, String signedHeaders, String signature) {
    private static final int CREDENTIAL_PARTS = 5;

    /**
     * Reads the parameters of an authorization.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException IncompleteSignatureException, if the credential does not
     *     have five parts
     */
    static SigV4Parameters of(Map<String, String> parameters) {
        String credential = parameters.getOrDefault("Credential", "");
        List<String> parts = List.of(credential.split("/", -1));
        if (parts.size() != CREDENTIAL_PARTS) {
            throw ErrorType.INCOMPLETE_SIGNATURE.with("Credential must have exactly 5 slash-delimited elements,"
                    + " e.g. keyid/date/region/service/term, got '" + credential + "'");
        }
        return new SigV4Parameters(
                parts, parameters.getOrDefault("SignedHeaders", ""), parameters.getOrDefault("Signature", ""));
    }

    String accessKeyId() {
        return credential.get(0);
    }

    String date() {
        return credential.get(1);
    }

    String region() {
        return credential.get(2);
    }

    String service() {
        return credential.get(3);
    }

    String terminator() {
        return credential.get(4);
    }

    /** Returns the parts that the signing key is derived from: the credential without the access key id. */
    List<String> scope() {
        return credential.subList(1, CREDENTIAL_PARTS);
    }
}
