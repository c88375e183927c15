package io.atelier.endpoints.grpc;

import io.atelier.kernel.AlarmClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a client that its request waits, unless the answer comes first. Telling at once would wake the client just when
 * the run begins, on cores that the run wants.
 */
final class Announcement {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final AlarmClock CLOCK = new AlarmClock("atelier-announcements");

    private final Runnable telling;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Announcement(Runnable telling) {
        this.telling = telling;
    }

    /** Tells after a moment, unless what is answered is closed by then. */
    Pending soon() {
        AlarmClock.Alarm due = CLOCK.in(DELAY, this::tell);
        return () -> {
            spare();
            due.close();
        };
    }

    /** Something that says more has been told. */
    void spare() {
        open.set(false);
    }

    private void tell() {
        if (open.getAndSet(false)) {
            telling.run();
        }
    }

    @FunctionalInterface
    interface Pending extends AutoCloseable {
        @Override
        void close();
    }
}
