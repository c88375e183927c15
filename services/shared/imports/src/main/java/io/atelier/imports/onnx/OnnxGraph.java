package io.atelier.imports.onnx;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A graph: of the model, or of a node that runs one. */
public record OnnxGraph(
        List<OnnxValue> inputs, List<OnnxValue> outputs, List<OnnxNode> nodes, List<OnnxTensor> constants) {
    public OnnxGraph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        constants = List.copyOf(constants);
    }

    /** The inputs that are no constant's default. */
    public List<OnnxValue> trueInputs() {
        Set<String> given = constants.stream().map(OnnxTensor::name).collect(Collectors.toSet());
        return inputs.stream().filter(input -> !given.contains(input.name())).toList();
    }
}
