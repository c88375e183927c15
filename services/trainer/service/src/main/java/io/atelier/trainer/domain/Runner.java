package io.atelier.trainer.domain;

/** Runs trainings. What an earlier attempt at the job has kept is where the next one starts. */
@FunctionalInterface
public interface Runner {

    /**
     * Starts an attempt.
     *
     * @throws io.atelier.kernel.ProblemException when the job cannot be run at all: its data is gone, or the job it
     *     would go on from has left nothing
     */
    Attempt start(Lease lease);
}
