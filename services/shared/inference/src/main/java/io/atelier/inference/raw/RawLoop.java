package io.atelier.inference.raw;

import io.atelier.inference.Rows;
import java.nio.file.Path;
import java.util.Map;

/**
 * A class-conditional generator run one picture at a time: inputs {@code latent} (1, dimensions) and {@code label} (1),
 * output {@code image}. Thread-safe: callers run side by side, as ONNX Runtime allows.
 */
public final class RawLoop implements AutoCloseable {
    private final RawGraph graph;

    private RawLoop(RawGraph graph) {
        this.graph = graph;
    }

    /** Opens a graph on the processor with ONNX Runtime's own defaults but the number of threads. */
    public static RawLoop open(Path graph, int threads) {
        return new RawLoop(RawGraph.open(graph, threads));
    }

    /** Makes one picture; answers its floats. */
    public float[] run(float[] latent, long label) {
        return graph.run(Map.of(
                "latent", new Rows.Floats(1, new long[] {latent.length}, latent),
                "label", new Rows.Longs(1, new long[0], new long[] {label})));
    }

    @Override
    public void close() {
        graph.close();
    }
}
