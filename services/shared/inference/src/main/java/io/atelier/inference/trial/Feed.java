package io.atelier.inference.trial;

import java.util.List;

/**
 * What one input of a graph is given in a run.
 *
 * @param input the input's name; no control characters
 * @param whole int64, every value {@code high}; else float32, evenly spread between {@code low} and {@code high}
 * @param shape (rows, ...), each at least 1
 */
public record Feed(String input, boolean whole, List<Long> shape, double low, double high) {
    public Feed {
        shape = List.copyOf(shape);
    }

    /** Float32 values spread over a range. */
    public static Feed floats(String input, List<Long> shape, double low, double high) {
        return new Feed(input, false, shape, low, high);
    }

    /** Int64 values, all the same. */
    public static Feed longs(String input, List<Long> shape, long value) {
        return new Feed(input, true, shape, value, value);
    }
}
