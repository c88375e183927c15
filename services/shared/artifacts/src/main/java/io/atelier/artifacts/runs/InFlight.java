package io.atelier.artifacts.runs;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.RequestKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The runs of this process, by key. Thread-safe; its size is bounded by what the entrances let in. */
final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<RequestKey, Set<Run>> runs = new HashMap<>();
    private int size;
    private boolean draining;

    static Problem shuttingDown() {
        return Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; try again.")
                .withRetryAfter(Duration.ofSeconds(1));
    }

    /** Registers a run; {@code SHUTTING_DOWN} once draining has begun. */
    void add(Run run) {
        lock.lock();
        try {
            if (draining) {
                throw shuttingDown().exception();
            }
            runs.computeIfAbsent(run.key(), key -> new HashSet<>()).add(run);
            size++;
        } finally {
            lock.unlock();
        }
    }

    void remove(Run run) {
        lock.lock();
        try {
            Set<Run> equal = runs.get(run.key());
            if (equal != null && equal.remove(run)) {
                if (equal.isEmpty()) {
                    runs.remove(run.key());
                }
                if (--size == 0) {
                    idle.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    List<Run> of(RequestKey key) {
        lock.lock();
        try {
            return List.copyOf(runs.getOrDefault(key, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    List<Run> all() {
        lock.lock();
        try {
            return runs.values().stream().flatMap(Set::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    void refuseMore() {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no run is in flight; false when the bound came first. */
    boolean awaitIdle(Duration bound) throws InterruptedException {
        long left = bound.toNanos();
        lock.lockInterruptibly();
        try {
            while (size > 0) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
