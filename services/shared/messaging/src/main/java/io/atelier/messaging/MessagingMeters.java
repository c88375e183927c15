package io.atelier.messaging;

import io.atelier.artifacts.StoredOutcome;
import io.atelier.kernel.ErrorCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * The meters of delivery; how a work ends is counted where it is done. Labels never carry a request's id.
 */
final class MessagingMeters {
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final String kind;

    MessagingMeters(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
    }

    void inFlight(IntSupplier count) {
        Gauge.builder("atelier.messaging.in.flight", count, IntSupplier::getAsInt)
                .description("Requests from Kafka that are worked on")
                .strongReference(true)
                .tags(KIND, kind)
                .register(registry);
    }

    /** A request's event has reached the broker; replayed when its outcome was stored before. */
    void delivered(StoredOutcome.Kind outcome, boolean replayed, Duration duration) {
        Timer.builder("atelier.delivery")
                .description("Time from a request record's arrival to its outcome event's acknowledgement")
                .publishPercentileHistogram()
                .tags(KIND, kind, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .tag("replayed", Boolean.toString(replayed))
                .register(registry)
                .record(duration);
    }

    void deadLetter(ErrorCode code) {
        registry.counter("atelier.dead.letters", KIND, kind, "code", code.id()).increment();
    }

    void retry() {
        registry.counter("atelier.retries", KIND, kind).increment();
    }

    /** A cancellation was handled: {@code cancelled}, {@code late}, {@code malformed} or {@code failed}. */
    void cancellation(String result) {
        registry.counter("atelier.cancellations", KIND, kind, "result", result).increment();
    }
}
