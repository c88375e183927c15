package io.atelier.kit.models;

import io.atelier.models.TensorSpec;

/** Makes a graph's runs take long, whatever their batch: a loop of products of two 192x192 matrices, a millisecond each. */
final class TinyDelay {
    private static final int STATE = 192;

    private TinyDelay() {}

    /**
     * Adds nothing to a value, slowly: the input goes in and zero comes out, so that no optimiser sees through. A run can
     * be terminated between two products.
     *
     * @param input an input of the graph, float32
     * @param value what is handed on as {@code late}
     */
    static TinyGraph add(TinyGraph graph, long millis, String input, String value, String late) {
        float[] diagonal = new float[STATE * STATE];
        for (int i = 0; i < STATE; i++) {
            diagonal[i * STATE + i] = 0.9f;
        }
        TinyGraph body = new TinyGraph("body")
                .input(TensorSpec.of("iteration", "iteration", "int64"))
                .input(TensorSpec.of("going", "going", "bool"))
                .input(TensorSpec.of("state", "state", "float32", (long) STATE, (long) STATE))
                .output(TensorSpec.of("going-on", "going", "bool"))
                .output(TensorSpec.of("next", "state", "float32", (long) STATE, (long) STATE))
                .node("Identity", "going-on", "going")
                .node("MatMul", "product", "state", "diagonal")
                .node("Tanh", "next", "product");
        return graph.floats("diagonal", diagonal, STATE, STATE)
                .longs("trips", new long[] {millis})
                .floats("zero", new float[] {0})
                .node("ReduceMax", "largest", input)
                .node("Reshape", "scalar", "largest", "one")
                .longs("one", new long[] {1}, 1)
                .node("Add", "start", "diagonal", "scalar")
                .loop("end", "trips", "start", body)
                .node("ReduceMax", "peak", "end")
                .node("Reshape", "peak-scalar", "peak", "one")
                .node("Mul", "nothing", "peak-scalar", "zero")
                .node("Add", late, value, "nothing");
    }
}
