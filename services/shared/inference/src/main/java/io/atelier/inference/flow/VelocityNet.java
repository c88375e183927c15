package io.atelier.inference.flow;

/** A trained velocity network, whichever runtime computes it. */
@FunctionalInterface
public interface VelocityNet {

    /**
     * The velocities (n, ...) of rows (n, ...), each at its time and with its label.
     *
     * @param rows row-major; not changed
     * @param times (n) in 0..1
     * @param labels (n); the number of classes stands for any class
     */
    float[] at(float[] rows, float[] times, long[] labels);
}
