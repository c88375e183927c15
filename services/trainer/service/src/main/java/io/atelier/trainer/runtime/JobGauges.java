package io.atelier.trainer.runtime;

import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * {@code atelier_training_jobs}: how many jobs are in each state that is no end, over all replicas. The ledger is asked once
 * for all of them, and not again for a moment, also when it does not answer.
 */
public final class JobGauges {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final LongSupplier nanoTime;
    private Optional<Map<JobState, Long>> counts = Optional.empty();
    private long askedAt;

    /** @param nanoTime a clock that only runs forward, in nanoseconds */
    JobGauges(Ledger ledger, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong() - MOMENT.toNanos();
    }

    public static void register(MeterRegistry meters, Ledger ledger) {
        JobGauges gauges = new JobGauges(ledger, System::nanoTime);
        Arrays.stream(JobState.values())
                .filter(state -> !state.isEnd())
                .forEach(state -> Gauge.builder("atelier.training.jobs", () -> gauges.count(state))
                        .description("Jobs of all replicas in each state that is no end")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(meters));
    }

    /** Not a number while it is unknown, which is not none. */
    synchronized double count(JobState state) {
        long now = nanoTime.getAsLong();
        if (now - askedAt >= MOMENT.toNanos()) {
            counts = asked();
            askedAt = nanoTime.getAsLong();
        }
        return counts.<Double>map(known -> (double) known.getOrDefault(state, 0L))
                .orElse(Double.NaN);
    }

    private Optional<Map<JobState, Long>> asked() {
        try {
            return Optional.of(ledger.counts());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
