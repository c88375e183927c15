package io.atelier.artifacts.runs;

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
}
