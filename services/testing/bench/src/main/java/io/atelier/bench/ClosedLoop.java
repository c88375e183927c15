package io.atelier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send their next call when the last one is answered. */
public final class ClosedLoop {
    private ClosedLoop() {}

    /** One call; returns when it is answered. Called by several clients at once. */
    @FunctionalInterface
    public interface Call {
        void run() throws InterruptedException;
    }

    /** Makes so many calls in all, shared by so many clients. */
    public static Sample run(int clients, int calls, Call call) throws InterruptedException {
        double[] millis = new double[calls];
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(executor.submit(() -> {
                    for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                        long sent = System.nanoTime();
                        call.run();
                        millis[i] = (System.nanoTime() - sent) / 1e6;
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed: " + e.getCause(), e);
        }
        return Sample.of(millis, (System.nanoTime() - begun) / 1e9);
    }
}
