package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A JSON object: the body of an answer, the content of a state file, or a structure in one of them. Its members are in
 * the order in which they are added.
 */
public final class Answer {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    /** Adds a text. */
    public Answer text(String name, String value) {
        node.put(name, value);
        return this;
    }

    /** Adds a byte string, which is base64 in JSON. */
    public Answer bytes(String name, byte[] value) {
        node.put(name, value);
        return this;
    }

    /** Adds a Boolean. */
    public Answer flag(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /** Adds a whole number. */
    public Answer number(String name, int value) {
        node.put(name, value);
        return this;
    }

    /** Adds a point in time: seconds since 1970 with three decimal places. */
    public Answer time(String name, Instant value) {
        node.set(name, DecimalNode.valueOf(BigDecimal.valueOf(value.toEpochMilli(), 3)));
        return this;
    }

    /** Adds a list of texts. */
    public Answer texts(String name, List<String> values) {
        ArrayNode list = node.putArray(name);
        values.forEach(list::add);
        return this;
    }

    /** Adds a structure. */
    public Answer structure(String name, Answer value) {
        node.set(name, value.node);
        return this;
    }

    /** Adds a list of structures. */
    public Answer structures(String name, List<Answer> values) {
        ArrayNode list = node.putArray(name);
        values.forEach(value -> list.add(value.node));
        return this;
    }

    /** Returns the JSON document. */
    public byte[] toJson() {
        return Json.write(node);
    }
}
