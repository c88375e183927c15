package io.atelier.trainer.domain;

/** Where a job stands. An end state is reached once and never left. */
public enum JobState {
    /** Waits for a worker. */
    QUEUED,
    /** Trains. */
    RUNNING,
    /** Has trained and is measured. */
    EVALUATING,
    /** Is measured and becomes a version of its model. */
    PUBLISHING,
    /** Has published a model. */
    SUCCEEDED,
    /** Ended without a model. */
    FAILED,
    /** Was cancelled. */
    CANCELLED;

    /** Whether nothing will happen to it any more. */
    public boolean isEnd() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether a worker holds it. */
    public boolean isHeld() {
        return this != QUEUED && !isEnd();
    }
}
