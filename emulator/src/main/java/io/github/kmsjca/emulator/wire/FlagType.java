package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Booleans. */
record FlagType() implements Type<Boolean> {

    @Override
    public Boolean read(JsonNode node, String path, Violations violations) {
        if (!node.isBoolean()) {
            throw Json.wrongKind(node, path, "a boolean");
        }
        return node.booleanValue();
    }
}
