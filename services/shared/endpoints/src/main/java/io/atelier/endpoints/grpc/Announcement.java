package io.atelier.endpoints.grpc;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a client that its request waits, unless the answer comes first. Telling at once would wake the client just when
 * the run begins, on cores that the run wants.
 */
final class Announcement {
    private static final long DELAY_MILLIS = 50;
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Runnable telling;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Announcement(Runnable telling) {
        this.telling = telling;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("atelier-announcements").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Tells after a moment, unless what is answered is closed by then. */
    Pending soon() {
        Future<?> due = TIMER.schedule(this::tell, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        return () -> {
            spare();
            due.cancel(false);
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
