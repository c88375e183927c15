package io.atelier.models;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets one thread of one process at a time change a model's promotion. The operating system drops the lock of a process
 * that dies.
 *
 * <p>POSIX drops a process's locks on a file as soon as any of its channels to that file is closed. So threads of one
 * process first queue on a lock in memory, whichever repository object they use: that is why those locks are static.
 */
final class NameLock {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(3);
    private static final ReentrantLock[] IN_PROCESS =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private NameLock() {}

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Runs an action under the lock of this file; PUBLISH_CONFLICT when it stays taken. Must not be nested. */
    static <T> T with(Path lockFile, Action<T> action) {
        ReentrantLock mine = IN_PROCESS[Math.floorMod(lockFile.toAbsolutePath().hashCode(), IN_PROCESS.length)];
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            if (!mine.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = acquire(channel, until)) {
            if (!held.isValid()) {
                throw busy();
            }
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mine.unlock();
        }
    }

    private static FileLock acquire(FileChannel channel, long until) throws IOException {
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - until > 0 || Thread.currentThread().isInterrupted()) {
                throw busy();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static RuntimeException busy() {
        return Problem.of(ErrorCode.PUBLISH_CONFLICT, "Another process is changing this model; try again.")
                .withRetryAfter(Duration.ofSeconds(1))
                .exception();
    }
}
