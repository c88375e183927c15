package io.atelier.models;

import java.util.List;
import java.util.Objects;

/**
 * One ONNX graph of a package.
 *
 * @param role what it does for the task: generator, classifier, discriminator, encoder, decoder, velocity,
 *     stylizer, tile
 * @param file its file within the package
 * @param inputs its inputs in graph order
 * @param outputs its outputs in graph order
 */
public record GraphSpec(String role, String file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    public GraphSpec {
        Objects.requireNonNull(role, "a graph's role is missing");
        Objects.requireNonNull(file, "a graph's file is missing");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input of a role; throws when there is none. */
    public TensorSpec input(String wanted) {
        return find(inputs, "input", wanted);
    }

    /** The output of a role; throws when there is none. */
    public TensorSpec output(String wanted) {
        return find(outputs, "output", wanted);
    }

    private TensorSpec find(List<TensorSpec> tensors, String side, String wanted) {
        return tensors.stream()
                .filter(tensor -> tensor.role().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no " + side + " of the role " + wanted));
    }
}
