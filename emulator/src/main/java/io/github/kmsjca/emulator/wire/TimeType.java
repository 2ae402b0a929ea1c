package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

record TimeType() implements Type<Instant> {
    // far after all meaningful dates, and far below the largest long
    private static final double LIMIT = 1e12;
    private static final int MILLISECONDS = 3;

    @Override
    public Instant read(JsonNode node, String path, Violations violations) {
        if (!node.isNumber() || Math.abs(node.doubleValue()) > LIMIT) {
            throw Json.wrongKind(node, path, "a point in time");
        }
        return Instant.ofEpochMilli(
                node.decimalValue().movePointRight(MILLISECONDS).longValue());
    }
}
