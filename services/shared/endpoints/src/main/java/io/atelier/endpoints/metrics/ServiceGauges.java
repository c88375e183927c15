package io.atelier.endpoints.metrics;

import io.atelier.inference.ModelServer;
import io.atelier.inference.ModelStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What a service holds now: {@code atelier_in_flight} requests and {@code atelier_models_loaded}, with the label kind. */
public final class ServiceGauges {
    private ServiceGauges() {}

    /** @param inFlight how many requests are under way, from every entrance */
    public static void register(MeterRegistry registry, String kind, IntSupplier inFlight, ModelServer models) {
        Gauge.builder("atelier.in.flight", inFlight::getAsInt)
                .description("Requests under way, from every entrance")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("atelier.models.loaded", models, ServiceGauges::loaded)
                .description("Models with a version that is open")
                .tag("kind", kind)
                .register(registry);
    }

    private static double loaded(ModelServer models) {
        return models.models().stream()
                .map(ModelStatus::loadedAt)
                .filter(loaded -> loaded.isPresent())
                .count();
    }
}
