package io.atelier.learn.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a training to stop at the next step. */
public final class StopSignal {
    private static final int LATE = 1;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile int exit = LATE;

    public boolean requested() {
        return requested;
    }

    public void request() {
        requested = true;
    }

    /** The work has ended, what it had to save is saved and what it had to say is said; the process would exit so. */
    public void finished(int code) {
        exit = code;
        finished.countDown();
    }

    /**
     * Makes SIGTERM and Ctrl-C stop the training and wait for its checkpoint, at most this long. The process then ends
     * with exit code 0: an interrupted training that can be resumed is no failure.
     */
    public void onTermination(Duration patience) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-training").unstarted(() -> {
                    if (finished.getCount() > 0) { // else it is the end of main, no signal
                        endWithin(patience);
                    }
                }));
    }

    /**
     * Makes the end of a stream stop the training as SIGTERM does. A parent's pipe ends with the parent, however that
     * dies, so that no training goes on for nobody.
     */
    public void onEndOf(InputStream parent, Duration patience) {
        Thread.ofPlatform().daemon().name("leash").start(() -> {
            try {
                parent.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // a broken pipe is an end as well
            }
            endWithin(patience);
        });
    }

    private void endWithin(Duration patience) {
        request();
        try {
            boolean saved = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(saved ? exit : LATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
