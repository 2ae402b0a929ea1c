package io.github.kmsjca.cli;

import io.github.kmsjca.internal.config.KeyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An IAM policy as a JSON document. Nothing is escaped, because actions and ARNs contain no characters that JSON must
 * escape.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">IAM policy
 *     grammar</a>
 */
final class IamPolicy {
    private static final int INDENT = 4;

    private final List<String> statements = new ArrayList<>();

    /** Allows actions for all resources. Adds nothing if there are no actions. The names are without {@code kms:}. */
    void allow(Collection<String> actions) {
        add(actions, "\"*\"");
    }

    /** Allows actions for the given keys. Adds nothing if there are no actions. The names are without {@code kms:}. */
    void allow(Collection<String> actions, Collection<KeyId> arns) {
        add(actions, list(arns.stream().map(KeyId::text).toList()));
    }

    private void add(Collection<String> actions, String resource) {
        if (actions.isEmpty()) {
            return;
        }
        String names = list(actions.stream().map(action -> "kms:" + action).toList());
        statements.add("""
                    {
                      "Effect": "Allow",
                      "Action": %s,
                      "Resource": %s
                    }""".formatted(names, resource).indent(INDENT).stripTrailing());
    }

    /** Returns a JSON list, or a plain string for one element, as is usual in policies. */
    private static String list(Collection<String> texts) {
        String quoted = texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
        return texts.size() == 1 ? quoted : "[" + quoted + "]";
    }

    @Override
    public String toString() {
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                %s
                  ]
                }
                """.formatted(String.join(",\n", statements));
    }
}
