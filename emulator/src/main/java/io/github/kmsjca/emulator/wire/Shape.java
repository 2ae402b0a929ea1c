package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members that a structure can have. A shape refuses a structure with any other member. */
public final class Shape implements Type<Input> {
    private final Map<String, Slot> slots;

    private Shape(Map<String, Slot> slots) {
        this.slots = slots;
    }

    /** Returns a shape with these members. */
    public static Shape of(Slot... slots) {
        Map<String, Slot> byName = new LinkedHashMap<>();
        Arrays.stream(slots).forEach(slot -> byName.put(slot.member().name(), slot));
        return new Shape(byName);
    }

    /**
     * Reads the parameters of a request or the content of a state file. A member with the JSON value {@code null}
     * counts as missing.
     *
     * @throws ServiceException of type {@code SerializationException} for unknown members and wrong JSON types, or
     *     {@code ValidationException} for broken constraints, all of which are in one message
     */
    public Input read(JsonNode parameters) {
        Violations violations = new Violations();
        Input input = read(parameters, "", violations);
        violations.requireNone();
        return input;
    }

    @Override
    public Input read(JsonNode node, String path, Violations violations) {
        if (!node.isObject()) {
            throw Json.wrongKind(node, path, "a structure");
        }
        requireKnown(node, path);
        Map<Member<?>, Object> values = new HashMap<>(slots.size());
        for (Slot slot : slots.values()) {
            Object value = readMember(slot, node.get(slot.member().name()), path, violations);
            if (value != null) {
                values.put(slot.member(), value);
            }
        }
        return new Input(values);
    }

    private static @Nullable Object readMember(Slot slot, @Nullable JsonNode node, String path, Violations violations) {
        String place = path.isEmpty()
                ? slot.member().pathName()
                : path + "." + slot.member().pathName();
        if (node != null && !node.isNull()) {
            return slot.member().type().read(node, place, violations);
        }
        if (slot.required()) {
            violations.addMissing(place);
        }
        return null;
    }

    private void requireKnown(JsonNode node, String path) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!slots.containsKey(name)) {
                throw ErrorType.SERIALIZATION.with("Unknown member '" + name + "'"
                        + (path.isEmpty() ? "" : " at '" + path + "'") + "; known members: "
                        + new TreeSet<>(slots.keySet()));
            }
        }
    }

    /** A member of a shape, and whether it is required. */
    public record Slot(Member<?> member, boolean required) {

        /** Returns a slot for a required member. */
        public static Slot required(Member<?> member) {
            return new Slot(member, true);
        }

        /** Returns a slot for an optional member. */
        public static Slot optional(Member<?> member) {
            return new Slot(member, false);
        }
    }
}
