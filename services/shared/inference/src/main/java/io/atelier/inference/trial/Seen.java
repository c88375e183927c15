package io.atelier.inference.trial;

import java.util.List;

/**
 * One output of one run.
 *
 * @param output its name
 * @param floats float32; else int64
 * @param shape as it came, (rows, ...)
 * @param low the least value
 * @param high the greatest value
 * @param sum of all values
 * @param finite whether every value is a finite number
 */
public record Seen(
        String output, boolean floats, List<Long> shape, double low, double high, double sum, boolean finite) {
    public Seen {
        shape = List.copyOf(shape);
    }
}
