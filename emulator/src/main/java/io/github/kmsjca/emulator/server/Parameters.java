package io.github.kmsjca.emulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of a request.
 *
 * @param json the parameters; empty if the body of the request is not JSON
 * @param problem the reason why the body is not JSON; an empty text if it is JSON
 */
record Parameters(Optional<JsonNode> json, String problem) {
    // in this order: the first of these members that a request has identifies the key of the request
    private static final List<String> IDENTIFIER_MEMBERS = List.of("KeyId", "TargetKeyId", "AliasName");

    static Parameters of(byte[] body) {
        if (body.length == 0) {
            return new Parameters(Optional.empty(), "the body is empty");
        }
        try {
            return new Parameters(Optional.of(Json.parse(body)), "");
        } catch (IOException e) {
            return new Parameters(Optional.empty(), Json.withoutSource(e.getMessage()));
        }
    }

    /**
     * Returns the parameters.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException SerializationException, if the body is not JSON
     */
    JsonNode requireJson() {
        return json.orElseThrow(() -> ErrorType.SERIALIZATION.with("The request is not JSON: " + problem));
    }

    /**
     * Returns the key identifiers and alias names in the request. The first of them identifies the key of the request.
     * The list is empty if the body is not JSON.
     */
    List<String> identifiers() {
        return json.stream()
                .flatMap(node -> IDENTIFIER_MEMBERS.stream().flatMap(name -> Stream.ofNullable(node.get(name))))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }
}
