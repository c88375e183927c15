package io.atelier.learn.ops;

/**
 * A value in an ONNX graph.
 *
 * @param name unique in its graph
 * @param shape its dimensions; -1 where a run decides
 */
public record Value(String name, long... shape) {
    int rank() {
        return shape.length;
    }

    long channels() {
        return shape[1];
    }
}
