package io.atelier.kit.models;

import io.atelier.models.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * Models as others export them, without a manifest. The classifiers tell red, green and blue pictures apart; in what values,
 * layout and shapes they take them is what differs.
 */
public final class TinyForeign {
    private TinyForeign() {}

    /** {@code data} (1, 3, 8, 8) of any values to {@code scores} (1, 3): the channels' means, four times. */
    public static TinyGraph fixedClassifier() {
        return scores(
                new TinyGraph("fixed")
                        .input(TensorSpec.of("data", "", "float32", 1L, 3L, 8L, 8L))
                        .output(TensorSpec.of("scores", "", "float32", 1L, 3L)),
                "data",
                "scores",
                4);
    }

    /** {@code pixels} (batch, height, width, 3) of 0..255 to {@code odds} (batch, 3), which sum to 1. */
    public static TinyGraph byteClassifier(long height, long width) {
        TinyGraph graph = new TinyGraph("bytes")
                .input(TensorSpec.of("pixels", "", "float32", -1L, height, width, 3L))
                .output(TensorSpec.of("odds", "", "float32", -1L, 3L))
                .floats("scale", new float[] {255})
                .node("Div", "light", "pixels", "scale")
                .node("Transpose", "chw", Map.of("perm", List.of(0L, 3L, 1L, 2L)), "light");
        return scores(graph, "chw", "logits", 8).node("Softmax", "odds", "logits");
    }

    private static TinyGraph scores(TinyGraph graph, String picture, String scores, float factor) {
        float[] diagonal = new float[9];
        for (int i = 0; i < 3; i++) {
            diagonal[i * 4] = factor;
        }
        return graph.floats("diagonal", diagonal, 3, 3)
                .node("GlobalAveragePool", "means", picture)
                .node("Flatten", "flat", "means")
                .node("MatMul", scores, "flat", "diagonal");
    }

    /** {@code z} (1, 4, 1, 1) to {@code picture} (1, 3, 6, 6) in -1..1, without classes. */
    public static TinyGraph generator() {
        TinyPicture picture = new TinyPicture(3, 6);
        return new TinyGraph("dream")
                .input(TensorSpec.of("z", "", "float32", 1L, 4L, 1L, 1L))
                .output(TensorSpec.of("picture", "", "float32", 1L, 3L, 6L, 6L))
                .longs("row", new long[] {1, 4}, 2)
                .longs("shape", new long[] {1, 3, 6, 6}, 4)
                .floats("weights", picture.latentWeights(4, 0), 4, picture.size())
                .node("Reshape", "flat", "z", "row")
                .node("MatMul", "sum", "flat", "weights")
                .node("Reshape", "made", "sum", "shape")
                .node("Tanh", "picture", "made");
    }

    /**
     * {@code z} (batch, 4) and {@code y} (batch, 1), int64, to {@code picture} (batch, 6, 6, 3) in 0..1: the class's colour,
     * of three, a little shifted by the numbers.
     */
    public static TinyGraph colours() {
        float[] colours = new float[3 * 108];
        for (int label = 0; label < 3; label++) {
            for (int i = 0; i < 108; i++) {
                colours[label * 108 + i] = i % 3 == label ? 4 : -4;
            }
        }
        return new TinyGraph("colours")
                .input(TensorSpec.of("z", "", "float32", -1L, 4L))
                .input(TensorSpec.of("y", "", "int64", -1L, 1L))
                .output(TensorSpec.of("picture", "", "float32", -1L, 6L, 6L, 3L))
                .longs("one", new long[] {-1}, 1)
                .longs("shape", new long[] {-1, 6, 6, 3}, 4)
                .floats("colours", colours, 3, 108)
                .floats("weights", new TinyPicture(3, 6).latentWeights(4, 0), 4, 108)
                .node("Reshape", "which", "y", "one")
                .node("Gather", "colour", "colours", "which")
                .node("MatMul", "shift", "z", "weights")
                .node("Add", "sum", "colour", "shift")
                .node("Reshape", "made", "sum", "shape")
                .node("Sigmoid", "picture", "made");
    }

    /** {@code x} (1 or batch, 3, height, width) of 0..255 to {@code y} of that shape, its negative. */
    public static TinyGraph negative(long rows, long height, long width) {
        return new TinyGraph("negative")
                .input(TensorSpec.of("x", "", "float32", rows, 3L, height, width))
                .output(TensorSpec.of("y", "", "float32", rows, 3L, height, width))
                .floats("white", new float[] {255})
                .node("Sub", "y", "white", "x");
    }
}
