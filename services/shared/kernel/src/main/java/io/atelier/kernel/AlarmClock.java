package io.atelier.kernel;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does short things at their times, on one thread. That thread is woken only when an alarm comes before its next look:
 * an alarm that is set and closed again, as most are, wakes nobody, on cores that others compute on.
 *
 * <p>Thread-safe.
 */
public final class AlarmClock implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AlarmClock.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Waiting> alarms =
            new TreeSet<>(Comparator.comparingLong(Waiting::at).thenComparingLong(Waiting::number));
    private final AtomicLong numbers = new AtomicLong();
    private final Thread thread;
    private long nextLook = Long.MAX_VALUE;
    private boolean closed;

    /** @param name the thread's */
    public AlarmClock(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** What is set; closing it takes it back, unless its time has come. */
    @FunctionalInterface
    public interface Alarm extends AutoCloseable {
        @Override
        void close();
    }

    private record Waiting(long at, long number, Runnable strike) {}

    /** Strikes once the delay is over, never before. A strike that throws is logged. */
    public Alarm in(Duration delay, Runnable strike) {
        long left = Math.min(Math.max(0, nanos(delay)), Long.MAX_VALUE / 4);
        Waiting alarm = new Waiting(System.nanoTime() + left, numbers.incrementAndGet(), strike);
        lock.lock();
        try {
            alarms.add(alarm);
            if (alarm.at() < nextLook) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return () -> takeBack(alarm);
    }

    private static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // centuries
        }
    }

    private void takeBack(Waiting alarm) {
        lock.lock();
        try {
            alarms.remove(alarm);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (alarms.isEmpty()) {
                    nextLook = Long.MAX_VALUE;
                    changed.awaitUninterruptibly();
                } else if (alarms.getFirst().at() > now) {
                    nextLook = alarms.getFirst().at();
                    await(nextLook - now);
                } else {
                    nextLook = Long.MIN_VALUE;
                    Waiting due = alarms.removeFirst();
                    strike(due);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(long nanos) {
        try {
            var _ = changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // nobody has a reason to; it looks again
        }
    }

    private void strike(Waiting alarm) {
        lock.unlock();
        try {
            alarm.strike().run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an alarm failed", e);
        } finally {
            lock.lock();
        }
    }

    /** Strikes no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
