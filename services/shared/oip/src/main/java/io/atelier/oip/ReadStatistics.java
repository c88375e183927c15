package io.atelier.oip;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.oip.InferenceStatistics.Key;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers what graphs have run; those that serve are listed even when they have run nothing yet. Thread-safe. */
public final class ReadStatistics {
    private final Graphs graphs;
    private final InferenceStatistics statistics;

    ReadStatistics(Graphs graphs, InferenceStatistics statistics) {
        this.graphs = graphs;
        this.statistics = statistics;
    }

    /**
     * Of one model's graphs and versions, or of all.
     *
     * @throws io.atelier.kernel.ProblemException UNKNOWN_MODEL when the name means nothing that serves or has run
     */
    public List<GraphStatistics> of(Optional<GraphName> name) {
        Predicate<Key> wanted = key -> name.map(one -> one.means(key.model(), key.version(), key.role()))
                .orElse(true);
        Map<Key, GraphStatistics> found = new HashMap<>();
        for (ModelManifest manifest : graphs.serving()) {
            for (GraphSpec graph : manifest.graphs()) {
                Key key = new Key(manifest.name(), manifest.version(), graph.role());
                if (wanted.test(key)) {
                    found.put(key, GraphStatistics.none(GraphName.address(manifest, graph.role()), manifest.version()));
                }
            }
        }
        found.putAll(statistics.of(wanted));
        if (found.isEmpty() && name.isPresent()) {
            throw Problem.field(
                            ErrorCode.UNKNOWN_MODEL,
                            "model",
                            "a model that serves or has run",
                            "No graph of " + name.get().model() + " serves here or has run.")
                    .exception();
        }
        return found.values().stream()
                .sorted(Comparator.comparing(GraphStatistics::name).thenComparing(GraphStatistics::version))
                .toList();
    }
}
