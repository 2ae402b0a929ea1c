package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleConnectionsTest {
    /** The JDK ignores values of {@code http.maxConnections} below 1. */
    @ParameterizedTest
    @CsvSource({"-1, 5", "0, 5", "1, 1", "7, 7"})
    void maxIdle_anyPropertyValue_isTheMaximumOfTheJdk(int value, int maximum) {
        assertEquals(maximum, IdleConnections.maxIdle(value));
    }
}
