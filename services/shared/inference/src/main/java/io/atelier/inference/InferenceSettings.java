package io.atelier.inference;

import java.time.Duration;

/**
 * How a process runs models.
 *
 * @param device {@code cpu}, {@code cuda:N} or {@code auto}
 * @param threads the threads one run may use; shared by all sessions of the process
 * @param workers how many runs go on at once, each of another graph
 * @param queueRows how many rows may wait for one graph before it answers OVERLOADED; a request that meets an empty queue
 *     always fits, and so does a later step of a work
 * @param maxRun how long one run should take at most: as many rows share a run as fit into this, so that an interactive
 *     request or a cancellation never waits for a long one
 * @param poll how often the repository is looked at
 * @param cachedVersions how many versions stay loaded that only {@code name@version} asked for
 * @param maxModelBytes the largest package that is loaded
 * @param maxLoad how long loading may take before a version counts as broken; ONNX Runtime cannot be interrupted, so its
 *     thread goes on and its result is dropped
 * @param drain how long closing waits for handles to be given back
 * @param memory how much memory models and what waits for them may hold
 */
public record InferenceSettings(
        String device,
        int threads,
        int workers,
        int queueRows,
        Duration maxRun,
        Duration poll,
        int cachedVersions,
        long maxModelBytes,
        Duration maxLoad,
        Duration drain,
        Memory memory) {

    /**
     * Bounds in bytes.
     *
     * @param models what open versions may hold together, by estimate; beyond it those are closed that were not used for the
     *     longest time, and opened again when asked for
     * @param waiting what requests that wait may hold together; a request that meets none always fits, and so does a later
     *     step of a work
     */
    public record Memory(long models, long waiting) {}

    public InferenceSettings {
        if (threads < 1 || workers < 1 || queueRows < 1 || cachedVersions < 1) {
            throw new IllegalArgumentException("threads, workers, queueRows and cachedVersions begin at 1");
        }
    }

    /** All cores for each run, and two graphs at once. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(
                "cpu",
                Runtime.getRuntime().availableProcessors(),
                2,
                1024,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                2,
                2L << 30,
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                new Memory(4L << 30, 512L << 20));
    }
}
