package io.atelier.oip;

import java.util.List;

/**
 * A tensor that a caller sends.
 *
 * @param name the name
 * @param datatype the data type, by the protocol's name
 * @param shape the axes, rows first
 * @param values what is in it
 */
public record GivenInput(String name, String datatype, List<Long> shape, Values values) {
    private static final int MOST_AXES = 64; // far more than any graph has: a longer shape fits none, shortened or not

    public GivenInput {
        shape = List.copyOf(shape.subList(0, Math.min(shape.size(), MOST_AXES)));
    }
}
