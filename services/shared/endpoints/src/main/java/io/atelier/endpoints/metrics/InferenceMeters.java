package io.atelier.endpoints.metrics;

import io.atelier.inference.InferenceListener;
import io.atelier.models.ModelManifest;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Times waiting and runs: {@code atelier_queue_wait_seconds}, {@code atelier_inference_seconds} and {@code
 * atelier_batch_size}, with the labels kind, task, model and version.
 */
public final class InferenceMeters implements InferenceListener {
    private final MeterRegistry registry;

    public InferenceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void started(ModelManifest model, String graph, Duration queued) {
        timer("atelier.queue.wait", "Time from a request's arrival at a model to its first row's run", model)
                .record(queued);
    }

    @Override
    public void ran(ModelManifest model, String graph, int rows, Duration run) {
        timer("atelier.inference", "Time of one run of a model's graph", model).record(run);
        DistributionSummary.builder("atelier.batch.size")
                .description("Rows that shared a run")
                .tags(tags(model))
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                .register(registry)
                .record(rows);
    }

    private Timer timer(String name, String description, ModelManifest model) {
        return Timer.builder(name)
                .description(description)
                .tags(tags(model))
                .publishPercentileHistogram()
                .register(registry);
    }

    private static Tags tags(ModelManifest model) {
        return Tags.of(
                "kind", model.kind(),
                "task", model.task().id(),
                "model", model.name().value(),
                "version", Long.toString(model.version()));
    }
}
