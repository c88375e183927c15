package io.atelier.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.atelier.kernel.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A package's model.json.
 *
 * @param schema version of this form, 1
 * @param name the model's name
 * @param version the version, from 1
 * @param kind image, audio or text
 * @param task what it does
 * @param digest what the model is, whatever it is called: see {@link ModelDigest}
 * @param files every file but model.json, sorted by name
 * @param graphs the ONNX graphs
 * @param labels the labels in the order of their indices
 * @param defaults defaults of request parameters by name
 * @param limits limits of request parameters by name, such as batch
 * @param training where it comes from
 * @param license the licence of the weights, an SPDX id
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelManifest(
        int schema,
        ModelName name,
        long version,
        String kind,
        ModelTask task,
        Digest digest,
        List<ModelFile> files,
        List<GraphSpec> graphs,
        List<String> labels,
        Map<String, Object> defaults,
        Map<String, Long> limits,
        Optional<Training> training,
        Optional<String> license) {
    /** The schema this code reads and writes. */
    public static final int SCHEMA = 1;

    public ModelManifest {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(task, "task is missing");
        Objects.requireNonNull(digest, "digest is missing");
        files = List.copyOf(Objects.requireNonNullElse(files, List.of()));
        graphs = List.copyOf(Objects.requireNonNullElse(graphs, List.of()));
        labels = List.copyOf(Objects.requireNonNullElse(labels, List.of()));
        defaults = Sorted.copy(Objects.requireNonNullElse(defaults, Map.of()));
        limits = Sorted.copy(Objects.requireNonNullElse(limits, Map.of()));
    }

    /** The graph of a role; throws when the package has none. */
    public GraphSpec graph(String role) {
        return graphs.stream()
                .filter(graph -> graph.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no graph of the role " + role));
    }
}
