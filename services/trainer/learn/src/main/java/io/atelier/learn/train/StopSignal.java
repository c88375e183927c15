package io.atelier.learn.train;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a training to stop at the next step. */
public final class StopSignal {
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    public boolean requested() {
        return requested;
    }

    public void request() {
        requested = true;
    }

    /** The work has ended and what it had to save is saved. */
    public void finished() {
        finished.countDown();
    }

    /**
     * Makes SIGTERM and Ctrl-C stop the training and wait for its checkpoint, at most this long. The process then ends
     * with exit code 0: an interrupted training that can be resumed is no failure.
     */
    public void onTermination(Duration patience) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-training").unstarted(() -> waitForEnd(patience)));
    }

    private void waitForEnd(Duration patience) {
        if (finished.getCount() == 0) {
            return; // the end of main, not a signal
        }
        request();
        try {
            boolean saved = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(saved ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
