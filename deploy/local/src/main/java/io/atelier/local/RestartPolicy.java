package io.atelier.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Allows at most three restarts in ten minutes. Not thread-safe. */
final class RestartPolicy {
    static final int RESTARTS = 3;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Deque<Instant> restarts = new ArrayDeque<>();

    RestartPolicy(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a service may be restarted now; counts the restart if so. */
    boolean allows() {
        Instant now = clock.instant();
        while (!restarts.isEmpty() && restarts.getFirst().isBefore(now.minus(WINDOW))) {
            restarts.removeFirst();
        }
        if (restarts.size() == RESTARTS) {
            return false;
        }
        restarts.addLast(now);
        return true;
    }
}
