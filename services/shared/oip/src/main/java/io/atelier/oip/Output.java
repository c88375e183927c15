package io.atelier.oip;

import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.inference.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor that came out of a graph.
 *
 * @param name its name
 * @param datatype its data type
 * @param rows its values; not to be changed
 */
public record Output(String name, Datatype datatype, Rows rows) {

    static Output of(Tensor tensor, Rows rows) {
        return new Output(tensor.name(), Datatype.of(tensor.element()), rows);
    }

    /** The axes, rows first. */
    public List<Long> shape() {
        List<Long> shape = new ArrayList<>();
        shape.add((long) rows.count());
        for (long axis : rows.rowShape()) {
            shape.add(axis);
        }
        return shape;
    }

    /** What its values take. */
    public long bytes() {
        long elements = switch (rows) {
            case Rows.Floats floats -> floats.values().length;
            case Rows.Longs longs -> longs.values().length;
        };
        return elements * datatype.bytes();
    }
}
