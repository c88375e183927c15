package io.atelier.trainer.runtime.kubernetes;

import java.time.Duration;

/**
 * How long is waited for a cluster.
 *
 * @param glance how often an attempt is looked at
 * @param queue how long it may wait in its queue
 * @param start how long its pod may take to start once it may, its image pulled and a node found
 * @param silence how long the cluster may be out of reach before the attempt is given up
 * @param lastWords how long an ended pod's log may take
 * @param removal how long a killed pod may take to go
 */
record Patience(
        Duration glance, Duration queue, Duration start, Duration silence, Duration lastWords, Duration removal) {
    static Patience of(Duration queue, Duration start) {
        return new Patience(
                Duration.ofSeconds(2),
                queue,
                start,
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }
}
