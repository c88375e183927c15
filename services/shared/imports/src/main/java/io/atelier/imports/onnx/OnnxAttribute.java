package io.atelier.imports.onnx;

import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node, as far as anybody asks.
 *
 * @param wholes its integers, the first sixty-four
 * @param real its float32
 * @param tensor its constant
 * @param graphs its graphs
 */
public record OnnxAttribute(
        List<Long> wholes, Optional<Float> real, Optional<OnnxTensor> tensor, List<OnnxGraph> graphs) {
    public OnnxAttribute {
        wholes = List.copyOf(wholes);
        graphs = List.copyOf(graphs);
    }
}
