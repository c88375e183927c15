package io.atelier.trainer.domain;

/** Runs trainings. What an earlier attempt at the job has kept is where the next one starts. */
@FunctionalInterface
public interface Runner {

    /**
     * Starts an attempt. May be tried again for the same lease.
     *
     * @throws io.atelier.kernel.ProblemException UNAVAILABLE while a store or the cluster is out of reach; any other when
     *     the job cannot be run at all: its data is gone, or the job it would go on from has left nothing
     */
    Attempt start(Lease lease);
}
