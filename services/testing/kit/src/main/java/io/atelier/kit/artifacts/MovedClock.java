package io.atelier.kit.artifacts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that is moved on only when told. */
public final class MovedClock implements InstantSource {
    private volatile Instant now;

    MovedClock(Instant begin) {
        now = begin;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }
}
