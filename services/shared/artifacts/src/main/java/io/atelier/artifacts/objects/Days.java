package io.atelier.artifacts.objects;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The days that decide what is kept.
 *
 * @param clock tells today
 * @param retention how long an artifact is kept after its last put
 */
record Days(InstantSource clock, Duration retention) {
    /** Covers machines whose clocks differ, and a put that has looked before a sweep and writes after it. */
    private static final int MARGIN = 1;

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private long days() {
        return retention.plusDays(1).minusNanos(1).toDays(); // begun days count
    }

    /** Whether a put may rely on what was put on a day. */
    boolean isKept(LocalDate put) {
        return !put.isBefore(today().minusDays(days()));
    }

    /** Whether a sweep may delete a sidecar of a day. */
    boolean isDue(LocalDate put) {
        return put.isBefore(today().minusDays(days() + MARGIN));
    }

    /** Whether bytes of a day that have no sidecar are left over and not on their way. */
    boolean isLeftOver(LocalDate bytes) {
        return bytes.isBefore(today().minusDays(MARGIN));
    }
}
