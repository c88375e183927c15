package io.atelier.artifacts.runs;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Strikes when a deadline passes. An alarm that is closed leaves nothing behind. */
final class DeadlineTimer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("atelier-deadlines").factory());

    DeadlineTimer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    Alarm at(Duration delay, Runnable strike) {
        // Rounded up: when the alarm strikes, the clock must agree that the deadline has passed.
        ScheduledFuture<?> due = timer.schedule(strike, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
        return () -> due.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    @FunctionalInterface
    interface Alarm extends AutoCloseable {
        @Override
        void close();
    }
}
