package io.atelier.inference;

import java.util.List;

/**
 * What a graph takes and gives, as the graph itself declares it.
 *
 * @param inputs in the graph's order
 * @param outputs in the graph's order
 */
public record GraphSignature(List<Tensor> inputs, List<Tensor> outputs) {
    public GraphSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The type of a tensor's elements. */
    public enum Element {
        FLOAT32,
        INT64
    }

    /**
     * One input or output; its first axis counts rows.
     *
     * @param name its name in the graph
     * @param element the type of its elements
     * @param rowShape the shape of a row; -1 where it is open
     */
    public record Tensor(String name, Element element, List<Long> rowShape) {
        public Tensor {
            rowShape = List.copyOf(rowShape);
        }
    }
}
