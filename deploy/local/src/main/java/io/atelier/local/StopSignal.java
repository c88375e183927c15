package io.atelier.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an interrupt of the thread that made this object, and holds the end of this process until
 * that thread has cleaned up and closed it.
 */
public final class StopSignal implements AutoCloseable {
    private static final Duration CLEANING = Duration.ofSeconds(60);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop-signal");
    private volatile boolean received;

    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process has been asked to stop. */
    public boolean received() {
        return received;
    }

    @Override
    public void close() {
        done.countDown();
        if (!received) {
            forget();
        }
    }

    private void stop() {
        received = true;
        worker.interrupt();
        try {
            if (!done.await(CLEANING.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("Not everything stopped within " + CLEANING.toSeconds() + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook sees that all is done
        }
    }
}
