package io.atelier.endpoints.metrics;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.artifacts.runs.RunContext;
import io.atelier.artifacts.runs.Work;
import io.atelier.artifacts.runs.WorkResult;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Times requests and counts how they end: {@code atelier_request_seconds} and {@code atelier_outcomes_total}, with the
 * labels kind, task, model, version, outcome and entrance. A request counts once, however often its work is tried. A
 * model's name becomes a label only once it is found in the repository. Thread-safe.
 */
public final class RequestMeters {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A work that tells which model serves it. */
    @FunctionalInterface
    public interface ServedWork {

        /** Does the work as {@link Work#run} says, and names its model once it is known. */
        WorkResult run(RunContext context, Consumer<ModelManifest> served);
    }

    /**
     * One request's work, measured until the request has ended.
     *
     * @param task counted until a model serves; then that model's own
     */
    public Work measured(ModelTask task, Entrance entrance, ServedWork work) {
        return new Measured(task, entrance, work);
    }

    /** A request that is tried once and whose outcome nobody keeps, measured from now until it has ended. */
    public Once once(String kind, String entrance) {
        return new Once(kind, entrance);
    }

    private static Tags tags(String kind, String task, Served served, StoredOutcome.Kind outcome, String entrance) {
        return Tags.of(
                "kind",
                kind,
                "task",
                task,
                "model",
                served.model(),
                "version",
                served.version(),
                "outcome",
                outcome.name().toLowerCase(Locale.ROOT),
                "entrance",
                entrance);
    }

    private void time(Tags tags, long nanos) {
        Timer.builder("atelier.request")
                .description("Time from a request's first attempt to the end of its last")
                .tags(tags)
                .publishPercentileHistogram()
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The model that serves a request, as labels. */
    private record Served(String model, String version) {
        static final Served NOBODY = new Served(NONE, NONE);

        static Served by(ModelManifest manifest) {
            return new Served(manifest.name().value(), Long.toString(manifest.version()));
        }
    }

    /** One request; used by one thread. */
    public final class Once {
        private final String kind;
        private final String entrance;
        private final long began = System.nanoTime();
        private String task = NONE;
        private Served served = Served.NOBODY;

        private Once(String kind, String entrance) {
            this.kind = kind;
            this.entrance = entrance;
        }

        /** Which model serves it, once that is known. */
        public void servedBy(ModelManifest manifest) {
            task = manifest.task().id();
            served = Served.by(manifest);
        }

        /** How it ended; told once. */
        public void ended(StoredOutcome.Kind outcome) {
            Tags tags = tags(kind, task, served, outcome, entrance);
            registry.counter("atelier.outcomes", tags).increment();
            time(tags, System.nanoTime() - began);
        }
    }

    /** Attempts of one request come one after another, and then its end. */
    private final class Measured implements Work {
        private ModelTask task;
        private final Entrance entrance;
        private final ServedWork work;
        private boolean tried;
        private long began;
        private long done;
        private Served served = Served.NOBODY;

        Measured(ModelTask task, Entrance entrance, ServedWork work) {
            this.task = task;
            this.entrance = entrance;
            this.work = work;
        }

        @Override
        public WorkResult run(RunContext context) {
            if (!tried) {
                tried = true;
                began = System.nanoTime();
            }
            try {
                return work.run(context, this::servedBy);
            } finally {
                done = System.nanoTime();
            }
        }

        private void servedBy(ModelManifest manifest) {
            task = manifest.task();
            served = Served.by(manifest);
        }

        @Override
        public void ended(StoredOutcome.Kind outcome) {
            Tags tags = tags(task.kind(), task.id(), served, outcome, entrance.label());
            registry.counter("atelier.outcomes", tags).increment();
            if (tried) {
                time(tags, done - began);
            }
        }
    }
}
