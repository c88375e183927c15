package io.atelier.image.domain;

import io.atelier.kernel.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where requests turn pictures into tensors. A picture of the most pixels holds about 100 MiB meanwhile, though its file may
 * have a few kilobytes: without a bound, calls that are allowed to run at once would fill the heap. Thread-safe.
 */
final class Places {
    private static final long HEAP_EACH = 192L << 20;
    private static final long LOOK_MILLIS = 50;

    private final Semaphore free;

    Places(int count) {
        free = new Semaphore(count, true);
    }

    /** One for each processor, but for no more than the heap has room; the work is theirs alone, so more gain nothing. */
    static Places ofThisProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new Places((int) Math.clamp(runtime.maxMemory() / HEAP_EACH, 1, runtime.availableProcessors()));
    }

    /** Works as soon as a place is free; CANCELLED when the request is, while it waits. */
    <T> T work(Cancellation cancellation, Supplier<T> work) {
        try {
            do {
                cancellation.check();
            } while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a place", e);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
