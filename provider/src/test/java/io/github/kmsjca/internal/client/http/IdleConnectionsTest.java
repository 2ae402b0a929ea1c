package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleConnectionsTest {
    /** Like the JDK's class KeepAliveCache. */
    @ParameterizedTest
    @CsvSource({"-1, 5", "0, 5", "1, 1", "7, 7"})
    void maxIdle_anyProperty_isTheMaximumOfTheJdk(int property, int maximum) {
        assertEquals(maximum, IdleConnections.maxIdle(property));
    }
}
