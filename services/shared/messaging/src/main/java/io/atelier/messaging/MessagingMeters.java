package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.ErrorCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;

/** The meters of delivery. Labels never carry a request's id. */
final class MessagingMeters {
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final String kind;

    MessagingMeters(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
    }

    void inFlight(IntSupplier count) {
        Gauge.builder("atelier_messaging_in_flight", count, IntSupplier::getAsInt)
                .strongReference(true)
                .tags(KIND, kind)
                .register(registry);
    }

    /** A request's event has reached the broker. */
    void outcome(String type, StoredOutcome.Kind outcome, boolean replayed, Duration duration) {
        String task = type.startsWith("io.atelier.") ? type.substring("io.atelier.".length()) : type;
        if (replayed) {
            registry.counter("atelier_duplicates", KIND, kind, "entrance", "kafka")
                    .increment();
            return;
        }
        String label = outcome.name().toLowerCase(Locale.ROOT);
        registry.counter("atelier_messaging_outcomes", KIND, kind, "task", task, "outcome", label, "entrance", "kafka")
                .increment();
        Timer.builder("atelier_messaging_request")
                .publishPercentileHistogram()
                .tags(KIND, kind, "task", task, "outcome", label, "entrance", "kafka")
                .register(registry)
                .record(duration);
    }

    void deadLetter(ErrorCode code) {
        registry.counter("atelier_dead_letters", KIND, kind, "code", code.id()).increment();
    }

    void retry() {
        registry.counter("atelier_retries", KIND, kind).increment();
    }

    void cancellation(String result) {
        registry.counter("atelier_cancellations", KIND, kind, "result", result).increment();
    }
}
