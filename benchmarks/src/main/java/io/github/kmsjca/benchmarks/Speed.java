package io.github.kmsjca.benchmarks;

/**
 * The result of a {@link Load}.
 *
 * @param perSecond the signatures of all threads in one second
 * @param median the median time of a signature in microseconds
 */
record Speed(double perSecond, double median) {

    /** Reads the text of {@link #toString}. */
    static Speed parse(String text) {
        String[] numbers = text.split(" ", -1);
        return new Speed(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }

    @Override
    public String toString() {
        return perSecond + " " + median;
    }
}
