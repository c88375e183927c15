package io.atelier.messaging;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends every wait of this module when the process stops. Records that were waiting stay unacknowledged. */
final class Stopping {
    private final CountDownLatch stop = new CountDownLatch(1);

    void signal() {
        stop.countDown();
    }

    /** Waits; throws {@code SHUTTING_DOWN} once the process stops. */
    void pause(Duration delay) {
        try {
            if (!stop.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.of(ErrorCode.SHUTTING_DOWN, ErrorCode.SHUTTING_DOWN.meaning())
                .exception();
    }
}
