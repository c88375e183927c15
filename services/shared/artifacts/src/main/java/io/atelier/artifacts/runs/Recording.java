package io.atelier.artifacts.runs;

/** Which endings an entrance keeps as outcomes. */
public enum Recording {
    /** Only results: a failure is the caller's to see and to retry (gRPC). */
    RESULTS,
    /** Results and final failures: whoever asked is not there to hear of a failure (Kafka). */
    RESULTS_AND_FAILURES
}
