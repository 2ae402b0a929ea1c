package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Whole numbers in a range. */
record NumberType(int min, int max) implements Type<Integer> {

    @Override
    public Integer read(JsonNode node, String path, Violations violations) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw Json.wrongKind(node, path, "an integer");
        }
        int number = node.intValue();
        if (number < min) {
            violations.add(number, path, "have value greater than or equal to " + min);
        }
        if (number > max) {
            violations.add(number, path, "have value less than or equal to " + max);
        }
        return number;
    }
}
