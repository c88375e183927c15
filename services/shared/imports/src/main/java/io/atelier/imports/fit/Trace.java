package io.atelier.imports.fit;

import io.atelier.imports.onnx.OnnxAttribute;
import io.atelier.imports.onnx.OnnxGraph;
import io.atelier.imports.onnx.OnnxNode;
import io.atelier.imports.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Follows values through a graph, from where they are made to where they are used. */
final class Trace {
    /** Operators that change neither the values' order nor, in a way that matters, the values. */
    private static final Set<String> SAME = Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze");

    private static final int FAR = 32;

    private final Map<String, OnnxNode> makers = new HashMap<>();
    private final Map<String, List<OnnxNode>> users = new HashMap<>();
    private final Map<String, OnnxTensor> constants = new HashMap<>();

    Trace(OnnxGraph graph) {
        graph.constants().forEach(constant -> constants.put(constant.name(), constant));
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> makers.put(output, node));
            node.inputs()
                    .forEach(input -> users.computeIfAbsent(input, any -> new ArrayList<>())
                            .add(node));
        }
    }

    Optional<OnnxNode> maker(String value) {
        return Optional.ofNullable(makers.get(value));
    }

    /** What makes a value, looked at through operators that hand it on, Transpose among them. */
    Optional<OnnxNode> maker(String value, Set<String> through) {
        Optional<OnnxNode> found = maker(value);
        for (int i = 0; i < FAR && found.isPresent() && hands(found.get(), through); i++) {
            found = maker(found.get().inputs().getFirst());
        }
        return found;
    }

    /** The first use of a value, looked at through operators that hand it on. */
    Optional<OnnxNode> user(String value, Set<String> through) {
        Optional<OnnxNode> found = onlyUser(value);
        for (int i = 0; i < FAR && found.isPresent() && hands(found.get(), through); i++) {
            found = onlyUser(found.get().outputs().getFirst());
        }
        return found;
    }

    private Optional<OnnxNode> onlyUser(String value) {
        List<OnnxNode> all = users.getOrDefault(value, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    private static boolean hands(OnnxNode node, Set<String> through) {
        return (SAME.contains(node.op()) || through.contains(node.op()))
                && !node.inputs().isEmpty()
                && !node.outputs().isEmpty();
    }

    /** A value that is a constant. */
    Optional<OnnxTensor> constant(String value) {
        Optional<OnnxTensor> known = Optional.ofNullable(constants.get(value));
        return known.or(() -> maker(value)
                .filter(node -> node.op().equals("Constant"))
                .map(node -> node.attributes().get("value"))
                .flatMap(OnnxAttribute::tensor));
    }

    /** The input of a node at a place, when it is a constant of a few numbers: the largest of them. */
    OptionalDouble largest(OnnxNode node, int place) {
        if (place >= node.inputs().size()) {
            return OptionalDouble.empty();
        }
        return constant(node.inputs().get(place)).map(OnnxTensor::few).stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max();
    }
}
