package io.atelier.imports.fit;

import io.atelier.models.GraphSpec;
import io.atelier.models.TensorSpec;
import java.util.List;

/**
 * What a package says of an imported model.
 *
 * @param inputs in the graph's order
 * @param outputs in the graph's order
 * @param labels the classes; empty when it has none
 * @param batch the most rows of a run
 * @param found what was found out and how, a line each
 */
public record Fitted(
        List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> labels, long batch, List<String> found) {
    public Fitted {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        labels = List.copyOf(labels);
        found = List.copyOf(found);
    }

    /** The graph in a package. */
    public GraphSpec graph(String role, String file) {
        return new GraphSpec(role, file, inputs, outputs);
    }
}
