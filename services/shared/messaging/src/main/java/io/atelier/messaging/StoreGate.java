package io.atelier.messaging;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests back while the artifact store cannot be written: one of them tries on behalf of all, the others wait
 * until it has got through, or for the longest wait, since that one's work may be long. Tries without end, for nothing
 * may be acknowledged; a stopping process ends it.
 */
final class StoreGate {
    private static final System.Logger LOG = System.getLogger(StoreGate.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Backoff backoff;
    private final Stopping stopping;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread prober;

    StoreGate(Backoff backoff, Stopping stopping) {
        this.backoff = backoff;
        this.stopping = stopping;
    }

    /** Does the attempt, again and again while it meets {@code STORE_UNAVAILABLE}. */
    <T> T pass(Supplier<T> attempt) {
        int failures = 0;
        try {
            while (true) {
                awaitTurn();
                try {
                    return attempt.get();
                } catch (ProblemException e) {
                    if (e.problem().code() != ErrorCode.STORE_UNAVAILABLE) {
                        throw e;
                    }
                    if (close()) {
                        if (failures++ == 0) {
                            LOG.log(System.Logger.Level.WARNING, "artifact store unavailable, requests wait", e);
                        }
                        stopping.pause(backoff.after(failures));
                    }
                }
            }
        } finally {
            open();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return prober == null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn() {
        long left = backoff.longest().toNanos();
        lock.lock();
        try {
            while (prober != null && prober != Thread.currentThread() && left > 0) {
                long step = Math.min(left, LOOK.toNanos());
                left -= step - Math.max(0, changed.awaitNanos(step));
                stopping.pause(Duration.ZERO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.pause(Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Makes this thread the one that tries, unless there is one. */
    private boolean close() {
        lock.lock();
        try {
            if (prober == null) {
                prober = Thread.currentThread();
            }
            return prober == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void open() {
        lock.lock();
        try {
            if (prober == Thread.currentThread()) {
                prober = null;
                changed.signalAll();
                LOG.log(System.Logger.Level.INFO, "artifact store tried again, requests go on");
            }
        } finally {
            lock.unlock();
        }
    }
}
