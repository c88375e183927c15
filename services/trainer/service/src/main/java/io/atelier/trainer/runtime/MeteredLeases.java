package io.atelier.trainer.runtime;

import io.atelier.trainer.domain.End;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Leases;
import io.atelier.trainer.domain.Pace;
import io.atelier.trainer.domain.Report;
import io.atelier.trainer.domain.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what attempts write: {@code atelier_training_steps_total} by recipe and {@code atelier_training_attempts_total} by
 * recipe and end. No label names a job.
 */
public final class MeteredLeases implements Leases {
    private final Leases leases;
    private final MeterRegistry meters;
    private final Map<Lease, Long> steps = new ConcurrentHashMap<>();

    public MeteredLeases(Leases leases, MeterRegistry meters) {
        this.leases = leases;
        this.meters = meters;
    }

    @Override
    public Optional<Lease> claim(Worker worker) {
        return leases.claim(worker);
    }

    @Override
    public boolean renew(Lease lease) {
        return leases.renew(lease);
    }

    @Override
    public boolean holds(Lease lease) {
        return leases.holds(lease);
    }

    @Override
    public boolean report(Lease lease, Report report) {
        count(lease, report.step());
        return leases.report(lease, report);
    }

    @Override
    public boolean pace(Lease lease, long step, long totalSteps, Pace pace) {
        count(lease, step);
        return leases.pace(lease, step, totalSteps, pace);
    }

    @Override
    public boolean evaluated(Lease lease, Map<String, Double> metrics) {
        return leases.evaluated(lease, metrics);
    }

    @Override
    public boolean enter(Lease lease, JobState state) {
        return leases.enter(lease, state);
    }

    @Override
    public boolean take(Lease lease, long version) {
        return leases.take(lease, version);
    }

    @Override
    public boolean end(Lease lease, End end) {
        return ended(lease, leases.end(lease, end), end instanceof End.Succeeded ? "succeeded" : "failed");
    }

    @Override
    public boolean giveBack(Lease lease) {
        return ended(lease, leases.giveBack(lease), "given back");
    }

    @Override
    public boolean abandon(Lease lease, String traces) {
        return ended(lease, leases.abandon(lease, traces), "lost");
    }

    /** An attempt that goes on from a checkpoint counts from the first step it tells. */
    private void count(Lease lease, long step) {
        Long before = steps.put(lease, step);
        if (before != null && step > before) {
            meters.counter("atelier.training.steps", "recipe", recipe(lease)).increment(step - before);
        }
    }

    private boolean ended(Lease lease, boolean held, String end) {
        steps.remove(lease);
        if (held) {
            meters.counter("atelier.training.attempts", "recipe", recipe(lease), "end", end)
                    .increment();
        }
        return held;
    }

    private static String recipe(Lease lease) {
        return lease.job().order().recipe();
    }
}
