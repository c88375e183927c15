package io.atelier.learn.engine;

/**
 * How to compute.
 *
 * @param device cpu, cuda:N, or auto: the first GPU where there is one
 * @param threads threads of libtorch, from 1
 * @param precision float32, bfloat16, or auto: bfloat16 where the processor or GPU multiplies in it
 * @param anyBlas whether a processor may multiply by a slow library
 */
public record EngineOptions(String device, int threads, String precision, boolean anyBlas) {

    /** Multiplies by the fast library or not at all. */
    public EngineOptions(String device, int threads, String precision) {
        this(device, threads, precision, false);
    }

    /** What a user gets who chooses nothing: the best device, one thread per core. */
    public static EngineOptions defaults() {
        return new EngineOptions("auto", Runtime.getRuntime().availableProcessors(), "auto");
    }

    public EngineOptions withPrecision(String other) {
        return new EngineOptions(device, threads, other, anyBlas);
    }

    public EngineOptions withAnyBlas(boolean other) {
        return new EngineOptions(device, threads, precision, other);
    }
}
