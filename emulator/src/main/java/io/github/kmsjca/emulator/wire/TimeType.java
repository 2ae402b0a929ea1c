package io.github.kmsjca.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Points in time, as seconds since 1970 with an optional fraction. */
record TimeType() implements Type<Instant> {
    // later than any meaningful date, and small enough that the milliseconds fit into a long
    private static final double MAX_SECONDS = 1e12;
    private static final int MILLISECOND_DIGITS = 3;

    @Override
    public Instant read(JsonNode node, String path, Violations violations) {
        if (!node.isNumber() || Math.abs(node.doubleValue()) > MAX_SECONDS) {
            throw Json.wrongKind(node, path, "epoch seconds");
        }
        return Instant.ofEpochMilli(
                node.decimalValue().movePointRight(MILLISECOND_DIGITS).longValue());
    }
}
