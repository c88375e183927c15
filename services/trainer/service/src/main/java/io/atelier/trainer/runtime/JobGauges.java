package io.atelier.trainer.runtime;

import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code atelier_training_jobs}: how many jobs are in each state that is no end, over all replicas. A scrape reads every
 * gauge and asks the ledger once, also when that fails: waiting for a database that is away, once for each state, would
 * make the scrape late.
 */
public final class JobGauges {
    /** Longer than a scrape reads, shorter than the time between two. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Supplier<Map<JobState, Long>> ledger;
    private final InstantSource clock;
    private Optional<Map<JobState, Long>> counts = Optional.empty();
    private Instant counted = Instant.MIN;

    JobGauges(Supplier<Map<JobState, Long>> ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    public static void register(MeterRegistry meters, Ledger ledger) {
        new JobGauges(ledger::counts, InstantSource.system()).register(meters);
    }

    void register(MeterRegistry meters) {
        Arrays.stream(JobState.values())
                .filter(state -> !state.isEnd())
                .forEach(state -> Gauge.builder("atelier.training.jobs", () -> count(state))
                        .description("Jobs of all replicas in each state that is no end")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(meters));
    }

    private double count(JobState state) {
        return counts().map(all -> all.getOrDefault(state, 0L).doubleValue()).orElse(Double.NaN); // unknown is not none
    }

    private synchronized Optional<Map<JobState, Long>> counts() {
        Instant now = clock.instant();
        if (now.isBefore(counted) || !now.isBefore(counted.plus(KEPT))) {
            counts = ask();
            counted = clock.instant(); // a failure may have taken its time
        }
        return counts;
    }

    private Optional<Map<JobState, Long>> ask() {
        try {
            return Optional.of(ledger.get());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
