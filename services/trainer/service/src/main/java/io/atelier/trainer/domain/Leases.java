package io.atelier.trainer.domain;

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

    /** Writes a report, which renews too. */
    boolean report(Lease lease, Report report);

    /** Tells that the job is evaluated or published now, which renews too. */
    boolean enter(Lease lease, JobState state);

    /** Keeps the number under which the job will publish, before it does. */
    boolean take(Lease lease, long version);

    /** Ends the job. */
    boolean end(Lease lease, End end);

    /** Lets another worker go on at once. */
    boolean giveBack(Lease lease);
}
