package io.github.kmsjca.emulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parameters of a request, or the reason why they are not JSON. */
record Parameters(Optional<JsonNode> json, String problem) {
    // in this order: the first of these members that a request has names its key
    private static final List<String> IDENTIFIER_MEMBERS = List.of("KeyId", "TargetKeyId", "AliasName");

    static Parameters of(byte[] body) {
        try {
            return new Parameters(Optional.of(Json.parse(body)), "");
        } catch (IOException e) {
            return new Parameters(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    JsonNode requireJson() {
        return json.orElseThrow(() -> ErrorType.SERIALIZATION.with("The request is not JSON: " + problem));
    }

    /** Returns the key identifiers and alias names in the request. The first one names its key. */
    List<String> identifiers() {
        return json.stream()
                .flatMap(node -> IDENTIFIER_MEMBERS.stream().flatMap(name -> Stream.ofNullable(node.get(name))))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }
}
