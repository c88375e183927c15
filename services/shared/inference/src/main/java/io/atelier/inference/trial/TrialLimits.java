package io.atelier.inference.trial;

import java.time.Duration;

/**
 * What a trial may take.
 *
 * @param time by the clock, the start of the JVM included
 * @param memoryMiB the graph's part of the address space; the JVM's own comes on top
 * @param threads how many threads a run uses
 */
public record TrialLimits(Duration time, long memoryMiB, int threads) {
    /** Largest file it may write, in MiB; ONNX Runtime's library, which it unpacks, has 28. */
    static final int FILE_MIB = 64;

    /** The heap of the JVM, in MiB, which holds inputs and outputs. */
    static final int HEAP_MIB = 512;

    /** What the JVM reserves beside its heap, with ONNX Runtime's library and every thread's arena. */
    private static final int JVM_MIB = 1024;

    public TrialLimits {
        if (time.toMillis() < 1 || memoryMiB < 1 || threads < 1) {
            throw new IllegalArgumentException("time, memoryMiB and threads begin at 1");
        }
    }

    /** The whole address space in bytes. */
    long addressSpace() {
        return Math.multiplyExact(Math.addExact(memoryMiB, HEAP_MIB + JVM_MIB), 1L << 20);
    }

    /** Processor time in seconds, of all threads together: what they can use until the time is over, and one more. */
    long processorSeconds() {
        return Math.addExact(Math.multiplyExact((time.toMillis() + 999) / 1000, threads), 1);
    }
}
