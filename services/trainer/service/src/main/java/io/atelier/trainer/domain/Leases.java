package io.atelier.trainer.domain;

import java.util.Map;
import java.util.Optional;

/**
 * What workers do to jobs. Time is the ledger's own: the clocks of those who use it do not matter. Thread-safe and
 * blocking; throws {@code LEDGER_UNAVAILABLE} when it cannot be reached.
 *
 * <p>What takes a {@link Lease} answers whether the lease still held; when it did not, nothing was written.
 */
public interface Leases {

    /** Takes a job whose worker is gone, else the one that has waited longest; nothing when there is none. */
    Optional<Lease> claim(Worker worker);

    /** Holds the lease for another while. */
    boolean renew(Lease lease);

    /** Whether the lease holds; writes nothing. */
    boolean holds(Lease lease);

    /** Writes a point of the curve, which renews too. */
    boolean report(Lease lease, Report report);

    /** Writes how far and how fast it goes, which renews too and is no point of the curve. */
    boolean pace(Lease lease, long step, long totalSteps, Pace pace);

    /** Writes what the evaluation measured, which renews too. */
    boolean evaluated(Lease lease, Map<String, Double> metrics);

    /** Tells that the job is evaluated or published now, which renews too. */
    boolean enter(Lease lease, JobState state);

    /** Keeps the number under which the job will publish, before it does. */
    boolean take(Lease lease, long version);

    /** Ends the job. */
    boolean end(Lease lease, End end);

    /** Lets another worker go on at once. */
    boolean giveBack(Lease lease);

    /**
     * Lets another worker go on at once after the attempt has died. Too many of these without a step forward end the
     * job.
     *
     * @param traces what is known of its death
     */
    boolean abandon(Lease lease, String traces);
}
