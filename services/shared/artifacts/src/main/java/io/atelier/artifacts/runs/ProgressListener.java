package io.atelier.artifacts.runs;

/** Takes how far a work has come. Never blocks and never throws; an entrance may leave reports out. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = (done, total) -> {};

    /**
     * Reports progress.
     *
     * @param done steps done, from 0
     * @param total steps in all, at least 1
     */
    void report(int done, int total);

    /** Shows an unfinished work. */
    default void preview(WorkPreview preview) {}
}
