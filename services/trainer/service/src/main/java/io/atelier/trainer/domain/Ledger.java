package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The job that a request has made. */
    Optional<Job> find(RequestKey request);

    /**
     * Keeps that a request was refused, as a job that failed before it began; answers the job that the same request has
     * made before, if it has.
     *
     * @throws io.atelier.kernel.ProblemException REQUEST_CONFLICT when that request had another body
     */
    Job refuse(Asked asked, Failure failure);

    List<Job> list(JobQuery query);

    /** The artifacts that jobs name which have not ended: uploaded data and samples. */
    Set<Digest> artifactsInUse();

    /** How many jobs are in each state that is no end; a state without any may be missing. */
    Map<JobState, Long> counts();

    /** The reports after a step, oldest first, at most so many. */
    List<Report> reports(JobId id, long afterStep, int most);

    /**
     * Cancels a job, unless it has ended or has taken the number under which it publishes, from where on a cancellation
     * comes too late; answers it as it is then. Its worker finds its lease lost.
     */
    Optional<Job> cancel(JobId id);

    /** Cancels the job of a request; when the request has not come yet, it is cancelled when it does. */
    Job cancel(Asked asked);
}
