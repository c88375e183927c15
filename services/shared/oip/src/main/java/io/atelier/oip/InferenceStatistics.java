package io.atelier.oip;

import io.atelier.inference.InferenceListener;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.oip.GraphStatistics.Timed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Counts what graphs run, for the protocol's statistics; of the {@value #KEPT} graphs of versions that were used last.
 * Thread-safe.
 */
public final class InferenceStatistics implements InferenceListener {
    private static final int KEPT = 256;

    private final InstantSource clock;
    private final Map<Key, Counts> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Counts> eldest) {
            return size() > KEPT;
        }
    };

    public InferenceStatistics(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void started(ModelManifest model, String graph, Duration queued) {
        count(model, graph, counted -> counted.queued = counted.queued.and(queued.toNanos()));
    }

    @Override
    public void ran(ModelManifest model, String graph, int rows, Duration run) {
        long now = clock.millis();
        count(model, graph, counted -> {
            counted.lastMillis = now;
            counted.rows += rows;
            counted.runs = counted.runs.and(run.toNanos());
            counted.batches.put(
                    rows, counted.batches.getOrDefault(rows, Timed.NEVER).and(run.toNanos()));
        });
    }

    @Override
    public void ended(ModelManifest model, String graph, Duration took, boolean well) {
        count(model, graph, counted -> {
            if (well) {
                counted.succeeded = counted.succeeded.and(took.toNanos());
            } else {
                counted.failed = counted.failed.and(took.toNanos());
            }
        });
    }

    /** What has been counted of the graphs that a name means. */
    synchronized Map<Key, GraphStatistics> of(Predicate<Key> wanted) {
        Map<Key, GraphStatistics> found = new LinkedHashMap<>();
        counts.forEach((key, counted) -> {
            if (wanted.test(key)) {
                found.put(key, counted.snapshot(key.version()));
            }
        });
        return found;
    }

    private synchronized void count(ModelManifest model, String graph, Consumer<Counts> change) {
        change.accept(counts.computeIfAbsent(
                new Key(model.name(), model.version(), graph), key -> new Counts(GraphName.address(model, graph))));
    }

    /**
     * A graph of a version.
     *
     * @param model the model's name
     * @param version its version
     * @param role the graph's role in it
     */
    record Key(ModelName model, long version, String role) {}

    private static final class Counts {
        private final String name;
        private long lastMillis;
        private long rows;
        private Timed succeeded = Timed.NEVER;
        private Timed failed = Timed.NEVER;
        private Timed queued = Timed.NEVER;
        private Timed runs = Timed.NEVER;
        private final Map<Integer, Timed> batches = new TreeMap<>();

        Counts(String name) {
            this.name = name;
        }

        GraphStatistics snapshot(long version) {
            return new GraphStatistics(name, version, lastMillis, rows, succeeded, failed, queued, runs, batches);
        }
    }
}
