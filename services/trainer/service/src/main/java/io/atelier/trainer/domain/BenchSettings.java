package io.atelier.trainer.domain;

import java.time.Duration;

/**
 * The rhythm of a {@link Workbench}.
 *
 * @param lease how long a claim holds without being renewed; the ledger's own
 * @param glance how often a running job's lease is looked at, which bounds how late a cancellation is seen
 * @param idle how often a free device looks for a job
 * @param patience how long a training that is asked to stop may take to keep its last step
 * @param retry how long is waited before a store or a cluster that is out of reach is tried again
 */
public record BenchSettings(Duration lease, Duration glance, Duration idle, Duration patience, Duration retry) {

    /** A lease is renewed long before it runs out, so that a slow database loses none. */
    Duration renewal() {
        return lease.dividedBy(4);
    }
}
