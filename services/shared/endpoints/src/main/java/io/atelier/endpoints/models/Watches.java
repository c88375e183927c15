package io.atelier.endpoints.models;

import io.atelier.endpoints.grpc.CallInfo;
import io.atelier.endpoints.grpc.Calls;
import io.atelier.endpoints.grpc.StreamWriter;
import io.atelier.inference.ModelServer;
import io.atelier.inference.ModelStatus;
import io.atelier.kernel.Cancellation;
import io.atelier.models.ModelName;
import io.atelier.proto.models.v1.WatchModelsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Streams model changes to those who watch. A watcher that reads slowly misses versions, never a model's latest state; what
 * it holds is bounded by the number of models. Watchers have an admission of their own: they last, and must not take the
 * places of requests.
 */
public final class Watches {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ModelServer models;
    private final Calls calls;

    /**
     * @param calls admits watchers
     */
    public Watches(ModelServer models, Calls calls) {
        this.models = models;
        this.calls = calls;
    }

    /** Ends every watch within a second, and refuses new ones. */
    public void end() {
        calls.refuseMore();
    }

    void run(
            CallInfo call,
            StreamWriter<WatchModelsResponse> out,
            Cancellation cancellation,
            Predicate<ModelStatus> wanted) {
        calls.run(call, out::fail, () -> {
            Changes changes = new Changes();
            // Registered before the first listing, so that no change falls between the two.
            try (Cancellation.Registration watching = models.watch(changes::put);
                    Cancellation.Registration gone = cancellation.onCancel(changes::wake)) {
                models.models().forEach(changes::putOlder);
                while (!cancellation.isCancelled() && !calls.draining()) {
                    for (ModelStatus status : changes.take()) {
                        if (wanted.test(status)) {
                            out.send(message(status), PATIENCE);
                        }
                    }
                }
                out.finish();
            }
        });
    }

    private static WatchModelsResponse message(ModelStatus status) {
        return WatchModelsResponse.newBuilder()
                .setModel(ModelMessages.of(status))
                .build();
    }

    /** The latest status of each model that has changed since the last take. */
    private static final class Changes {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Map<ModelName, ModelStatus> waiting = new LinkedHashMap<>();
        private boolean woken;

        void put(ModelStatus status) {
            lock.lock();
            try {
                waiting.put(status.name(), status);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        void putOlder(ModelStatus status) {
            lock.lock();
            try {
                waiting.putIfAbsent(status.name(), status);
            } finally {
                lock.unlock();
            }
        }

        void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits up to a second, so that the caller sees a draining service. */
        List<ModelStatus> take() {
            lock.lock();
            try {
                long left = TimeUnit.SECONDS.toNanos(1);
                while (waiting.isEmpty() && !woken && left > 0) {
                    left = changed.awaitNanos(left);
                }
                List<ModelStatus> taken = new ArrayList<>(waiting.values());
                waiting.clear();
                return taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            } finally {
                lock.unlock();
            }
        }
    }
}
