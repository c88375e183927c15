package io.atelier.messaging;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between tries: doubles from a first wait to a longest, less up to a fifth at random, so that many
 * do not come back at once.
 *
 * @param first the wait before the first retry
 * @param longest the bound of every wait
 */
record Backoff(Duration first, Duration longest) {

    /** The wait after the given number of failures, from 1. */
    Duration after(int failures) {
        long doubled = first.toNanos() << Math.min(failures - 1, 20);
        long bounded = doubled <= 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(bounded - ThreadLocalRandom.current().nextLong(bounded / 5 + 1));
    }
}
