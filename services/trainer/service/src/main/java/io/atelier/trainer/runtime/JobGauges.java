package io.atelier.trainer.runtime;

import io.atelier.kernel.ProblemException;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;

/** {@code atelier_training_jobs}: how many jobs are in each state that is no end, over all replicas. */
public final class JobGauges {
    private final Ledger ledger;

    private JobGauges(Ledger ledger) {
        this.ledger = ledger;
    }

    public static void register(MeterRegistry meters, Ledger ledger) {
        JobGauges gauges = new JobGauges(ledger);
        Arrays.stream(JobState.values())
                .filter(state -> !state.isEnd())
                .forEach(state -> Gauge.builder("atelier.training.jobs", () -> gauges.count(state))
                        .description("Jobs of all replicas in each state that is no end")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(meters));
    }

    private double count(JobState state) {
        try {
            return ledger.counts().getOrDefault(state, 0L);
        } catch (ProblemException e) {
            return Double.NaN; // unknown is not none
        }
    }
}
