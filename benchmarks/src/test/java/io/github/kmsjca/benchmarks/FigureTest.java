package io.github.kmsjca.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void ratio_oddNumberOfTurns_isTheMedian() {
        Figure figure = new Figure("action", "ms", List.of(2.0, 30.0, 40.0), List.of(2.0, 20.0, 10.0), 1.5);
        assertEquals(1.5, figure.ratio());
        assertFalse(figure.isExceeded());
    }

    @Test
    void ratio_evenNumberOfTurns_isTheMeanOfTheMiddleTwo() {
        assertEquals(1.5, new Figure("action", "ms", List.of(1.0, 2.0), List.of(1.0, 1.0), 2).ratio());
    }

    @Test
    void toString_aboveTheBound_saysExceeded() {
        Figure figure = new Figure("action", "ms", List.of(3.0), List.of(2.0), 1.4);
        assertTrue(figure.isExceeded());
        assertTrue(figure.toString().matches("action +3\\.0 ms +2\\.0 ms +1\\.50 +1\\.40  EXCEEDED"), figure::toString);
    }

    @Test
    void figure_unequalTurns_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Figure("action", "ms", List.of(), List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> new Figure("action", "ms", List.of(1.0), List.of(), 1));
    }
}
