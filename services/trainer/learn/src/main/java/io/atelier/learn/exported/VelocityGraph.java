package io.atelier.learn.exported;

import io.atelier.inference.Rows;
import io.atelier.inference.flow.VelocityNet;
import java.util.Map;
import java.util.function.Function;

/** A package's graph of the role velocity, whatever runs it: x, time and label in, velocity out. */
public final class VelocityGraph {
    private VelocityGraph() {}

    /**
     * The graph as a network.
     *
     * @param row the shape of a row of x
     * @param run runs the graph and answers its velocities, row-major
     */
    public static VelocityNet net(long[] row, Function<Map<String, Rows>, float[]> run) {
        long[] scalar = {};
        return (rows, times, labels) -> run.apply(Map.of(
                "x", new Rows.Floats(labels.length, row, rows),
                "time", new Rows.Floats(labels.length, scalar, times),
                "label", new Rows.Longs(labels.length, scalar, labels)));
    }
}
