package io.atelier.trainer.runtime.runs;

import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** The runs of attempts, each with what the attempt before it has kept. Thread-safe. */
public interface Runs {

    /**
     * Makes an attempt's run, which begins with what the last attempt at the job, or at the one it resumes, has kept. May be
     * repeated while nothing trains in it.
     *
     * @throws io.atelier.kernel.ProblemException NOTHING_TO_RESUME when the other job has left nothing; UNAVAILABLE while
     *     a store is out of reach
     */
    Run prepare(Job job, long epoch);

    /** The run of an attempt that was made before. */
    Run of(JobId job, long epoch);

    /** Removes the runs of the attempts before this one, which has all that they kept. */
    void forgetBefore(JobId job, long epoch);

    /**
     * Removes the runs of jobs that have ended and that nobody has touched for so long; answers of how many.
     *
     * @param over whether a job has ended; asked of those alone that are old enough
     */
    int sweep(Duration kept, Instant now, Predicate<JobId> over);
}
