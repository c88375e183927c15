package io.atelier.artifacts.runs;

import io.atelier.artifacts.StoredOutcome;

/** What a request asks for, decoded and ready to be done. */
@FunctionalInterface
public interface Work {

    /**
     * Does the work, blocking, on a virtual thread. May be called again after a failure that allows a retry.
     *
     * @throws io.atelier.kernel.ProblemException for an expected failure; with {@code CANCELLED} once the context's
     *     cancellation has struck. Any other exception is a bug and answered as {@code INTERNAL}
     */
    WorkResult run(RunContext context);

    /**
     * Told once, on the thread that ran it, how the request has ended. Not told when its outcome was there before, nor
     * when its record is left to be delivered again.
     */
    default void ended(StoredOutcome.Kind outcome) {}
}
