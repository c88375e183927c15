package io.atelier.learn.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tells whether the threads of BLAS help or fight libtorch's own. In the wrong combination a small matrix product takes
 * ten times as long on two threads as on one, and so does every training step.
 *
 * @param mkl whether MKL multiplies
 * @param oneThreadMicros the fastest of several products on one thread
 * @param allThreadsMicros the same on all threads asked for
 */
record BlasCheck(boolean mkl, double oneThreadMicros, double allThreadsMicros) {
    /** MKL's number in bytedeco's presets. */
    static final int MKL = 3;

    private static final int TRIES = 15;
    private static final double SUSPICIOUS = 3;

    static BlasCheck measure(int threads, boolean mkl) {
        torch.set_num_threads(1);
        double one = fastest();
        torch.set_num_threads(threads);
        return new BlasCheck(mkl, one, threads == 1 ? one : fastest());
    }

    private static double fastest() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.ones(768, 128);
            Tensor weight = torch.ones(512, 128);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long start = System.nanoTime();
                torch.linear(x, weight).close();
                best = Math.min(best, System.nanoTime() - start);
            }
            return best / 1e3;
        }
    }

    boolean threadsFight() {
        return allThreadsMicros > SUSPICIOUS * oneThreadMicros;
    }

    String summary() {
        String name = mkl ? "MKL" : "OpenBLAS on one thread";
        if (!threadsFight()) {
            return name;
        }
        return ("%s, WARNING: a product takes %.0f us on all threads and %.0f us on one; the machine is busy, or BLAS and"
                        + " libtorch fight for threads: start with -Dorg.bytedeco.openblas.load=mkl or --threads 1")
                .formatted(name, allThreadsMicros, oneThreadMicros);
    }
}
