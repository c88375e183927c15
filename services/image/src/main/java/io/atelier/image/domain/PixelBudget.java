package io.atelier.image.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.time.Duration;

/** Bounds the memory that photographs take which are worked on at once, by their pixels. Thread-safe. */
final class PixelBudget {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final long all;
    private long taken;

    PixelBudget(long all) {
        this.all = all;
    }

    /** A part of the budget; close it exactly once. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a share; throws OVERLOADED with a delay while others hold too much. */
    synchronized Share take(long pixels) {
        if (taken + pixels > all) {
            throw Problem.of(
                            ErrorCode.OVERLOADED,
                            "Photographs of " + taken + " pixels are being painted; with this one's " + pixels
                                    + " there would be more than " + all + ". Try again after the delay.")
                    .withRetryAfter(RETRY)
                    .exception();
        }
        taken += pixels;
        return () -> giveBack(pixels);
    }

    private synchronized void giveBack(long pixels) {
        taken -= pixels;
    }
}
