package io.atelier.endpoints.metrics;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.RequestKey.Entrance;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Times requests and counts how they end: {@code atelier_request_seconds} and {@code atelier_outcomes_total}, with the
 * labels kind, task, model, version, outcome and entrance. A model's name becomes a label only once it is found in the
 * repository. Thread-safe.
 */
public final class RequestMeters {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Does a request's work, and records how long it took and how it ended. */
    public <T> T measure(ModelTask task, Entrance entrance, Function<Sample, T> work) {
        Sample sample = new Sample(task, entrance);
        try {
            T result = work.apply(sample);
            sample.ending = Ending.COMPLETED;
            return result;
        } catch (ProblemException e) {
            sample.ending = e.problem().code() == ErrorCode.CANCELLED ? Ending.CANCELLED : Ending.FAILED;
            throw e;
        } finally {
            sample.record();
        }
    }

    private enum Ending {
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** One request under way; used by one thread. */
    public final class Sample {
        private final ModelTask task;
        private final Entrance entrance;
        private final long began = System.nanoTime();
        private String model = NONE;
        private String version = NONE;
        private Ending ending = Ending.FAILED;

        private Sample(ModelTask task, Entrance entrance) {
            this.task = task;
            this.entrance = entrance;
        }

        /** Names the model that serves the request. */
        public void model(ModelManifest manifest) {
            model = manifest.name().value();
            version = Long.toString(manifest.version());
        }

        private void record() {
            Tags tags = Tags.of(
                    "kind", task.kind(),
                    "task", task.id(),
                    "model", model,
                    "version", version,
                    "outcome", ending.name().toLowerCase(Locale.ROOT),
                    "entrance", entrance.label());
            Timer.builder("atelier.request")
                    .description("Time from a request's start of work to its stored artifacts")
                    .tags(tags)
                    .publishPercentileHistogram()
                    .register(registry)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            registry.counter("atelier.outcomes", tags).increment();
        }
    }
}
