package io.atelier.endpoints.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Times what a request waits for until its artifacts and its outcome are on disk. */
final class Writes {
    private Writes() {}

    static Timer timer(MeterRegistry registry, String part) {
        return Timer.builder("atelier.outcome.write")
                .description("Time until a request's artifacts, or its outcome, are on disk")
                .tag("part", part)
                .publishPercentileHistogram()
                .register(registry);
    }

    static <T> T time(Timer timer, Supplier<T> write) {
        long began = System.nanoTime();
        try {
            return write.get();
        } finally {
            timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }
}
