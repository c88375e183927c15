package io.atelier.artifacts.runs;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.RequestKey;
import org.jspecify.annotations.Nullable;

/** A run in flight; remembers why it was stopped, which decides how it ends. */
final class Run {
    /** Why a run is stopped. The first reason counts. */
    enum Stop {
        CANCELLED_OUTCOME,
        DEADLINE,
        SHUTDOWN
    }

    private final RequestKey key;
    private final Cancellation cancellation;
    private volatile @Nullable Stop stop;

    Run(RequestKey key, Cancellation cancellation) {
        this.key = key;
        this.cancellation = cancellation;
    }

    RequestKey key() {
        return key;
    }

    void stop(Stop reason) {
        synchronized (this) {
            if (stop == null) {
                stop = reason;
            }
        }
        cancellation.cancel();
    }

    /** Empty when nothing but the client has stopped it. */
    @Nullable
    Stop stopped() {
        return stop;
    }
}
