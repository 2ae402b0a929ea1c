package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.key.Location;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The emulator enforces no key policy, but a text that no policy can be is worth an error. */
final class KeyPolicy {
    private KeyPolicy() {}

    /**
     * Returns the policy that a request gives a new key, if any.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException MalformedPolicyDocumentException, if it is none
     */
    static Optional<String> find(Input input) {
        Optional<String> policy = input.find(Members.POLICY);
        policy.ifPresent(KeyPolicy::requireJson);
        return policy;
    }

    /** Returns the policy of keys for which none was given. */
    static String usual(Location location) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:%s:iam::%s:root"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(location.partition(), location.account());
    }

    private static void requireJson(String policy) {
        try {
            if (Json.parse(policy.getBytes(StandardCharsets.UTF_8)).isObject()) {
                return;
            }
        } catch (IOException e) {
            throw ErrorType.MALFORMED_POLICY_DOCUMENT.with("The policy is not JSON.");
        }
        throw ErrorType.MALFORMED_POLICY_DOCUMENT.with("The policy is not a JSON object.");
    }
}
