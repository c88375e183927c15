package io.atelier.inference.flow;

import java.util.Arrays;

/**
 * How pictures are made with a velocity network.
 *
 * @param solver how the flow is followed
 * @param steps in how many steps
 * @param guidance how far towards the wanted class, and when
 * @param spread how many times wider than the standard normal the noise is: above 1 more varied and less often right,
 *     which makes up for what guidance and long steps narrow
 */
public record FlowSampler(Solver solver, int steps, Guidance guidance, double spread) {

    /**
     * Makes a picture from each row of noise, in -1..1.
     *
     * @param noise (n, ...), standard normal
     * @param labels (n)
     * @param anyLabel the label that stands for any class
     */
    public float[] make(VelocityNet net, float[] noise, long[] labels, long anyLabel) {
        return make(net, noise, labels, anyLabel, Estimates.NONE);
    }

    /** The same, telling on the way what pictures become. */
    public float[] make(VelocityNet net, float[] noise, long[] labels, long anyLabel, Estimates estimates) {
        Field wanted = wanted(net, labels);
        Field guided = guided(net, labels, anyLabel);
        Field field = (values, time) -> (guidance.at(time) ? guided : wanted).at(values, time);
        return clamped(solver.follow(new Watched(field, estimates), spread(noise), steps));
    }

    private static float[] clamped(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(values[i], -1, 1);
        }
        return values;
    }

    /** A field that tells what pictures become, at the beginning of each step. */
    private final class Watched implements Field {
        private final Field field;
        private final Estimates estimates;
        private int step;

        Watched(Field field, Estimates estimates) {
            this.field = field;
            this.estimates = estimates;
        }

        @Override
        public float[] at(float[] values, float time) {
            float[] velocities = field.at(values, time);
            if (step < steps && time == Solver.at(step, steps)) {
                estimates.at(step++, () -> clamped(Solver.moved(values, velocities, 1 - time)));
            }
            return velocities;
        }
    }

    private float[] spread(float[] noise) {
        float[] wide = new float[noise.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = (float) spread * noise[i];
        }
        return wide;
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
        float weight = (float) guidance.weight();
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
