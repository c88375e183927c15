package io.atelier.imports.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operation.
 *
 * @param op its operator
 * @param domain the operator's domain; empty for ONNX's own
 * @param inputs names of values; empty where an optional one is left out
 * @param outputs names of values; empty where an optional one is not wanted
 * @param attributes by name
 */
public record OnnxNode(
        String op, String domain, List<String> inputs, List<String> outputs, Map<String, OnnxAttribute> attributes) {
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** The graphs it runs. */
    public Stream<OnnxGraph> graphs() {
        return attributes.values().stream().flatMap(attribute -> attribute.graphs().stream());
    }

    /** An attribute's integers; empty when it has none. */
    public List<Long> wholes(String attribute) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(OnnxAttribute::wholes)
                .orElse(List.of());
    }
}
