package io.atelier.trainer.domain;

import java.util.List;
import java.util.Optional;

/**
 * The jobs of an installation, shared by all replicas of the service. Thread-safe and blocking; throws {@code
 * LEDGER_UNAVAILABLE} when it cannot be reached.
 */
public interface Ledger {

    /**
     * Adds a job, or answers the one that the same request has made before.
     *
     * @throws io.atelier.kernel.ProblemException REQUEST_CONFLICT when that request had another body; UNKNOWN_JOB when
     *     the job to resume is not there; JOB_NOT_ENDED when it still runs
     */
    Job add(Asked asked, Order order);

    Optional<Job> find(JobId id);

    List<Job> list(JobQuery query);

    /** The reports after a step, oldest first, at most so many. */
    List<Report> reports(JobId id, long afterStep, int most);

    /** Cancels a job, unless it has ended; answers it as it is then. Its worker finds its lease lost. */
    Optional<Job> cancel(JobId id);

    /** Cancels the job of a request; when the request has not come yet, it is cancelled when it does. */
    Job cancel(Asked asked);
}
