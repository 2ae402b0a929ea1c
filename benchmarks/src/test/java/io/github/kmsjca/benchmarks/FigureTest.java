package io.github.kmsjca.benchmarks;

import static io.github.kmsjca.benchmarks.Figure.Bound.atLeast;
import static io.github.kmsjca.benchmarks.Figure.Bound.atMost;
import static io.github.kmsjca.benchmarks.Figure.Bound.none;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void ratio_oddNumberOfTurns_isTheMedianOfTheirRatios() {
        Figure figure = new Figure("action", "ms", List.of(2.0, 30.0, 40.0), List.of(2.0, 20.0, 10.0), atMost(1.5));
        assertEquals(1.5, figure.ratio());
        assertFalse(figure.isMissed());
    }

    @Test
    void ratio_evenNumberOfTurns_isTheMeanOfTheMiddleTwoRatios() {
        assertEquals(1.5, new Figure("action", "ms", List.of(1.0, 2.0), List.of(1.0, 1.0), atMost(2)).ratio());
    }

    @Test
    void toString_aboveTheBound_saysMissed() {
        Figure figure = new Figure("action", "ms", List.of(3.0), List.of(2.0), atMost(1.4));
        assertTrue(figure.isMissed());
        assertTrue(
                figure.toString().matches("action +3\\.0 ms +2\\.0 ms +1\\.50 +<= 1\\.40  MISSED"), figure::toString);
    }

    @Test
    void toString_onlyBelowTheMinimum_saysMissed() {
        Figure figure = new Figure("action", "/s", List.of(9.0), List.of(10.0), atLeast(0.95));
        assertTrue(figure.isMissed());
        assertTrue(
                figure.toString().matches("action +9\\.0 /s +10\\.0 /s +0\\.90 +>= 0\\.95  MISSED"), figure::toString);
        assertFalse(new Figure("action", "/s", List.of(9.0), List.of(8.0), atLeast(0.95)).isMissed());
    }

    @Test
    void toString_withoutBound_isNeverMissed() {
        Figure figure = new Figure("action", "ms", List.of(90.0), List.of(10.0), none());
        assertFalse(figure.isMissed());
        assertTrue(figure.toString().matches("action +90\\.0 ms +10\\.0 ms +9\\.00 +"), figure::toString);
    }

    @Test
    void figure_noTurnsOrUnequalTurns_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Figure("action", "ms", List.of(), List.of(), atMost(1)));
        assertThrows(
                IllegalArgumentException.class, () -> new Figure("action", "ms", List.of(1.0), List.of(), atMost(1)));
    }
}
