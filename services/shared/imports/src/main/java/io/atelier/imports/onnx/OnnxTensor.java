package io.atelier.imports.onnx;

import java.util.List;
import java.util.Optional;

/**
 * A constant of a graph.
 *
 * @param name its name; of an attribute's often empty
 * @param type its elements' type
 * @param shape its axes
 * @param few its values where they are few and of float32, int32 or int64; else empty
 * @param external where its bytes lie, when they are not in the file
 */
public record OnnxTensor(
        String name, ElementType type, List<Long> shape, List<Double> few, Optional<External> external) {
    public OnnxTensor {
        shape = List.copyOf(shape);
        few = List.copyOf(few);
    }

    /**
     * Bytes in a file beside the model.
     *
     * @param location the file's name as the model writes it
     * @param offset where they begin
     * @param bytes how many they are
     */
    public record External(String location, long offset, long bytes) {}
}
