package io.atelier.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a run that its result is wanted no more. Thread-safe; a listener runs once, on the thread that cancels or, when
 * that was earlier, on the one that registers.
 */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean cancelled;

    public boolean isCancelled() {
        return cancelled;
    }

    /** Throws a {@link ProblemException} with {@link ErrorCode#CANCELLED} once cancelled. */
    public void check() {
        if (cancelled) {
            throw Problem.of(ErrorCode.CANCELLED, "The request was cancelled.").exception();
        }
    }

    public void cancel() {
        List<Runnable> due;
        synchronized (listeners) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(listeners);
            listeners.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Runs the listener on cancellation. Closing the registration forgets it. */
    public Registration onCancel(Runnable listener) {
        synchronized (listeners) {
            if (!cancelled) {
                listeners.add(listener);
                return () -> forget(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    private void forget(Runnable listener) {
        synchronized (listeners) {
            listeners.remove(listener);
        }
    }

    /** Forgets a listener when closed. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
