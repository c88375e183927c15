package io.atelier.inference.flow;

import java.util.Arrays;

/**
 * How pictures are made with a velocity network.
 *
 * @param solver how the flow is followed
 * @param steps in how many steps
 * @param guidance how far the velocity goes from that of any class towards that of the wanted one: 1 to it, above 1 beyond
 *     it, which makes pictures more often right and less varied
 * @see <a href="https://arxiv.org/abs/2207.12598">Ho and Salimans, Classifier-free diffusion guidance</a>
 */
public record FlowSampler(Solver solver, int steps, double guidance) {

    /**
     * Makes a picture from each row of noise, in -1..1.
     *
     * @param noise (n, ...), standard normal
     * @param labels (n)
     * @param anyLabel the label that stands for any class
     */
    public float[] make(VelocityNet net, float[] noise, long[] labels, long anyLabel) {
        Field field = guidance == 1 ? wanted(net, labels) : guided(net, labels, anyLabel);
        float[] made = solver.follow(field, noise, steps);
        for (int i = 0; i < made.length; i++) {
            made[i] = Math.clamp(made[i], -1, 1);
        }
        return made;
    }

    /** How often the network is asked. */
    public int evaluations() {
        return solver.evaluations(steps);
    }

    private static Field wanted(VelocityNet net, long[] labels) {
        return (rows, time) -> net.at(rows, times(labels.length, time), labels);
    }

    /** One run of twice the rows: those of the wanted classes, then the same of any class. */
    private Field guided(VelocityNet net, long[] labels, long anyLabel) {
        int count = labels.length;
        long[] both = Arrays.copyOf(labels, 2 * count);
        Arrays.fill(both, count, 2 * count, anyLabel);
        float weight = (float) guidance;
        return (rows, time) -> {
            int size = rows.length;
            float[] twice = Arrays.copyOf(rows, 2 * size);
            System.arraycopy(rows, 0, twice, size, size);
            float[] velocities = net.at(twice, times(2 * count, time), both);
            float[] velocity = new float[size];
            for (int i = 0; i < size; i++) {
                float any = velocities[size + i];
                velocity[i] = any + weight * (velocities[i] - any);
            }
            return velocity;
        };
    }

    private static float[] times(int count, float time) {
        float[] times = new float[count];
        Arrays.fill(times, time);
        return times;
    }
}
