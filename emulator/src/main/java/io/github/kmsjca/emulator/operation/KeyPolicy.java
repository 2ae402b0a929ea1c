package io.github.kmsjca.emulator.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks key policies. The emulator does not enforce policies. As KMS does, it refuses a policy that is too long, is
 * malformed, or does not let the account change the policy.
 */
final class KeyPolicy {
    private static final int MAX_BYTES = 32 * 1024;
    private static final String PUT_KEY_POLICY = "kms:PutKeyPolicy";

    private KeyPolicy() {}

    /**
     * Checks the policy in a request, if there is one, and returns it.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException LimitExceededException, if the policy is too long;
     *     MalformedPolicyDocumentException, if the text is not a policy, or the policy does not let the account change
     *     the policy and the request does not bypass this check
     */
    static Optional<String> requireValid(Input input, Location location) {
        Optional<String> policy = input.find(Members.POLICY);
        if (policy.isPresent()) {
            List<JsonNode> statements = statements(policy.get());
            boolean bypassed =
                    input.find(Members.BYPASS_POLICY_LOCKOUT_SAFETY_CHECK).orElse(false);
            if (!bypassed && statements.stream().noneMatch(statement -> allowsChange(statement, location))) {
                throw malformed("The new key policy will not allow you to update the key policy in the future.");
            }
        }
        return policy;
    }

    /** Returns the policy of a key that was created without one. */
    static String defaultPolicy(Location location) {
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

    private static List<JsonNode> statements(String policy) {
        byte[] bytes = policy.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw ErrorType.LIMIT_EXCEEDED.with("The key policy is longer than " + MAX_BYTES + " bytes.");
        }
        List<JsonNode> statements = oneOrMore(parse(bytes).path("Statement")).toList();
        if (statements.isEmpty() || !statements.stream().allMatch(JsonNode::isObject)) {
            throw malformed("The policy has no statements, or a statement is not a JSON object.");
        }
        return statements;
    }

    private static JsonNode parse(byte[] policy) {
        try {
            return Json.parse(policy);
        } catch (IOException e) {
            throw malformed("The policy is not JSON.");
        }
    }

    /**
     * Returns whether a statement lets someone in the account change the policy. The emulator does not evaluate
     * {@code NotPrincipal} and {@code NotAction}, and assumes that they exclude neither the account nor this change.
     */
    private static boolean allowsChange(JsonNode statement, Location location) {
        boolean namesAccount = statement.has("NotPrincipal")
                || principals(statement.path("Principal")).anyMatch(name -> namesAccount(name, location.account()));
        boolean allowsPutKeyPolicy =
                statement.has("NotAction") || texts(statement.path("Action")).anyMatch(KeyPolicy::allowsPutKeyPolicy);
        boolean hasResource = statement.has("Resource") || statement.has("NotResource");
        return statement.path("Effect").asText().equals("Allow") && namesAccount && allowsPutKeyPolicy && hasResource;
    }

    private static Stream<String> principals(JsonNode principal) {
        return texts(principal.isObject() ? principal.path("AWS") : principal);
    }

    private static boolean namesAccount(String principal, String account) {
        return principal.equals("*") || principal.equals(account) || principal.contains(":iam::" + account + ":");
    }

    /** Returns whether an action includes the change of a policy. In an action, * and ? are wildcards. */
    private static boolean allowsPutKeyPolicy(String action) {
        String pattern = Pattern.quote(action).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                .matcher(PUT_KEY_POLICY)
                .matches();
    }

    private static Stream<String> texts(JsonNode node) {
        return oneOrMore(node).map(JsonNode::asText);
    }

    /** Returns the elements of a list. In policies, a list of one element can be written without brackets. */
    private static Stream<JsonNode> oneOrMore(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false);
        }
        return node.isMissingNode() ? Stream.empty() : Stream.of(node);
    }

    private static RuntimeException malformed(String text) {
        return ErrorType.MALFORMED_POLICY_DOCUMENT.with(text);
    }
}
