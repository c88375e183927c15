package io.atelier.bench.wake;

import io.atelier.bench.Figure;
import io.atelier.bench.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Measures how long a waiting thread takes to go on once it is woken, as a call's does after its picture is made: all
 * cores have computed on more memory than their caches hold.
 */
public final class WakeBench {
    private static final String COMMAND = "./atelier bench wake";
    private static final int WAKES = 200;
    private static final long RUN_NANOS = 30_000_000;
    private static final int FLOATS = 6_000_000;
    private static final int STRIDE = 17; // more than a cache line apart

    private final int runs;
    private final Consumer<String> console;
    private final float[] memory = new float[FLOATS];
    private volatile float sum;
    private volatile boolean woken;
    private volatile long wentOn;

    public WakeBench(int runs, Consumer<String> console) {
        this.runs = runs;
        this.console = console;
    }

    /** The kinds take turns; medians over the runs. */
    public List<Figure> run() throws InterruptedException {
        List<Sample> system = new ArrayList<>();
        List<Sample> virtual = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            system.add(wakes(Thread.ofPlatform().factory()));
            virtual.add(wakes(Thread.ofVirtual().factory()));
            console.accept("Run %d of %d: system thread %.0f, virtual thread %.0f microseconds (medians)"
                    .formatted(i, runs, micros(system.getLast()), micros(virtual.getLast())));
        }
        return List.of(figure("system_thread_wake_us", system), figure("virtual_thread_wake_us", virtual));
    }

    private Sample wakes(ThreadFactory kind) throws InterruptedException {
        double[] millis = new double[WAKES];
        Thread waiting = kind.newThread(this::goOnWhenWoken);
        waiting.start();
        long begun = System.nanoTime();
        for (int i = 0; i < WAKES; i++) {
            Thread other = Thread.ofPlatform().start(this::compute);
            compute();
            other.join();
            wentOn = 0;
            long at = System.nanoTime();
            woken = true;
            LockSupport.unpark(waiting);
            while (wentOn == 0) {
                Thread.onSpinWait();
            }
            millis[i] = (wentOn - at) / 1e6;
        }
        waiting.join();
        return Sample.of(millis, (System.nanoTime() - begun) / 1e9);
    }

    private void goOnWhenWoken() {
        for (int i = 0; i < WAKES; i++) {
            while (!woken) {
                LockSupport.park();
            }
            woken = false;
            wentOn = System.nanoTime();
        }
    }

    private void compute() {
        long end = System.nanoTime() + RUN_NANOS;
        float local = 0;
        int at = 0;
        while (System.nanoTime() < end) {
            for (int k = 0; k < 20_000; k++) {
                local += memory[at];
                memory[at] = local / 2;
                at = (at + STRIDE) % FLOATS;
            }
        }
        sum = local;
    }

    private static double micros(Sample sample) {
        return sample.percentile(0.5) * 1000;
    }

    private static Figure figure(String name, List<Sample> samples) {
        double[] sorted =
                samples.stream().mapToDouble(WakeBench::micros).sorted().toArray();
        return new Figure(name, sorted[sorted.length / 2], "us", COMMAND, "");
    }
}
