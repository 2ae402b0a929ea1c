package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strings that are the names of enum constants. */
record ChoiceType<E extends Enum<E>>(Map<String, E> values) implements Type<E> {

    static <E extends Enum<E>> ChoiceType<E> of(Collection<E> choices) {
        Map<String, E> values = new LinkedHashMap<>();
        choices.forEach(value -> values.put(value.name(), value));
        return new ChoiceType<>(Collections.unmodifiableMap(values));
    }

    @Override
    public @Nullable E read(JsonNode node, String path, Violations violations) {
        if (!node.isTextual()) {
            throw Json.wrongKind(node, path, "a string");
        }
        E value = values.get(node.textValue());
        if (value == null) {
            violations.add(node.textValue(), path, "satisfy enum value set: " + values.keySet());
        }
        return value;
    }
}
