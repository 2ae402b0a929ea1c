package io.github.kmsjca.benchmarks;

import java.util.Arrays;

/**
 * The result of a {@link Load}.
 *
 * @param perSecond the number of signatures per second, of all threads together
 * @param median the median time of a signature in microseconds
 * @param percentile99 the time in microseconds that 99 % of the signatures did not exceed
 * @param processorTime the processor time of the process for a signature, in microseconds
 */
record Speed(double perSecond, double median, double percentile99, double processorTime) {

    /** Reads the text of {@link #toString}. */
    static Speed parse(String text) {
        double[] numbers = Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Speed(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    @Override
    public String toString() {
        return perSecond + " " + median + " " + percentile99 + " " + processorTime;
    }
}
