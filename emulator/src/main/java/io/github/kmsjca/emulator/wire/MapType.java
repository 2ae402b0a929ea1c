package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps from text to text. */
record MapType() implements Type<SortedMap<String, String>> {

    @Override
    public SortedMap<String, String> read(JsonNode node, String path, Violations violations) {
        if (!node.isObject()) {
            throw Json.wrongKind(node, path, "a map");
        }
        SortedMap<String, String> pairs = new TreeMap<>();
        node.properties().forEach(pair -> {
            if (!pair.getValue().isTextual()) {
                throw Json.wrongKind(pair.getValue(), path + "." + pair.getKey(), "a string");
            }
            pairs.put(pair.getKey(), pair.getValue().textValue());
        });
        return Collections.unmodifiableSortedMap(pairs);
    }
}
