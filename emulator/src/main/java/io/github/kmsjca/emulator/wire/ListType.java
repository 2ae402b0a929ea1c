package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lists with a maximum number of elements. The paths of elements are as in KMS error messages, which write the path of
 * the first tag as {@code tags.1.member}.
 */
record ListType<E>(Type<E> element, int max) implements Type<List<E>> {

    @Override
    public List<E> read(JsonNode node, String path, Violations violations) {
        if (!node.isArray()) {
            throw Json.wrongKind(node, path, "a list");
        }
        if (node.size() > max) {
            violations.addWithoutValue(path, "have length less than or equal to " + max);
        }
        List<E> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            E value = element.read(node.get(i), path + "." + (i + 1) + ".member", violations);
            if (value != null) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }
}
