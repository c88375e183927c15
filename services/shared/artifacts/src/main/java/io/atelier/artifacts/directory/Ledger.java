package io.atelier.artifacts.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of a store's first folders and how many bytes lie in each, shared by all processes that have the store open.
 *
 * <p>To be used on threads that nobody interrupts: an interrupt closes a file channel, and closing it gives up all locks
 * of the process.
 */
final class Ledger implements AutoCloseable {
    private static final int TOTAL = Shelf.STRIPES;
    private static final int SWEEP = Shelf.STRIPES + 1;
    /** Where the locked bytes begin: behind everything that is written. */
    private static final long LOCKS_FROM = 1L << 20;

    private static final long RETRY_NANOS = Duration.ofNanos(50_000).toNanos();

    private final FileChannel channel;
    private final ReentrantLock[] threads = new ReentrantLock[SWEEP + 1];
    private final boolean fresh;

    Ledger(Path file) throws IOException {
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new ReentrantLock();
        }
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        fresh = channel.size() == 0;
    }

    /** Whether there was no ledger, so that the bytes are still to be counted. */
    boolean isFresh() {
        return fresh;
    }

    /** Waits for the lock of a first folder. */
    Held lock(int stripe) throws IOException {
        threads[stripe].lock();
        try {
            while (true) {
                try {
                    return new Held(threads[stripe], channel.lock(LOCKS_FROM + stripe, 1, false));
                } catch (OverlappingFileLockException e) {
                    // the same folder opened twice in one process; the holder is done in microseconds
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        } catch (IOException | RuntimeException e) {
            threads[stripe].unlock();
            throw e;
        }
    }

    /** The right to sweep, or nothing while someone else does. */
    Optional<Held> trySweep() throws IOException {
        if (!threads[SWEEP].tryLock()) {
            return Optional.empty();
        }
        try {
            FileLock lock = channel.tryLock(LOCKS_FROM + SWEEP, 1, false);
            if (lock != null) {
                return Optional.of(new Held(threads[SWEEP], lock));
            }
        } catch (OverlappingFileLockException e) {
            // swept by another opening of the same folder in this process
        } catch (IOException | RuntimeException e) {
            threads[SWEEP].unlock();
            throw e;
        }
        threads[SWEEP].unlock();
        return Optional.empty();
    }

    /** The bytes in all folders. */
    long total() throws IOException {
        try (Held held = lock(TOTAL)) {
            return sum();
        }
    }

    /** Counts bytes in if they fit; the caller holds the stripe's lock. */
    boolean reserve(int stripe, long bytes, long quota) throws IOException {
        try (Held held = lock(TOTAL)) {
            if (bytes > 0 && sum() + bytes > quota) {
                return false;
            }
            write(stripe, read(stripe) + bytes);
            return true;
        }
    }

    /** Sets a folder's bytes as counted; the caller holds the stripe's lock. */
    void set(int stripe, long bytes) throws IOException {
        try (Held held = lock(TOTAL)) {
            write(stripe, bytes);
        }
    }

    private long sum() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Shelf.STRIPES * Long.BYTES);
        for (int n = 0; n >= 0 && all.hasRemaining(); ) {
            n = channel.read(all, all.position());
        }
        all.flip();
        long sum = 0;
        while (all.remaining() >= Long.BYTES) {
            sum += all.getLong();
        }
        return sum;
    }

    private long read(int stripe) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(Long.BYTES);
        channel.read(one, (long) stripe * Long.BYTES);
        return one.hasRemaining() ? 0 : one.flip().getLong();
    }

    private void write(int stripe, long bytes) throws IOException {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(bytes).flip(), (long) stripe * Long.BYTES);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A held lock. */
    record Held(ReentrantLock thread, FileLock process) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                process.release();
            } finally {
                thread.unlock();
            }
        }
    }
}
