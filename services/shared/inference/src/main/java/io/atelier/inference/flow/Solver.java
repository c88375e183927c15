package io.atelier.inference.flow;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a field is followed from time 0 to time 1, in steps of equal length. */
public enum Solver {
    /** Goes on along the velocity at each step's beginning; as many evaluations as steps. */
    EULER {
        @Override
        int evaluations(int steps) {
            return steps;
        }

        @Override
        float[] step(Field field, float[] values, float from, float to) {
            return moved(values, field.at(values, from), to - from);
        }
    },

    /**
     * Goes along the mean of the velocities at a step's beginning and at its end as Euler finds it. The last step is
     * Euler's, for hardly any time near 1 is trained: twice as many evaluations as steps, less one.
     *
     * @see <a href="https://arxiv.org/abs/2206.00364">Karras et al., Elucidating the design space of diffusion-based
     *     generative models, section 3</a>
     */
    HEUN {
        @Override
        int evaluations(int steps) {
            return 2 * steps - 1;
        }

        @Override
        float[] step(Field field, float[] values, float from, float to) {
            float[] velocity = field.at(values, from);
            if (to < 1) {
                float[] after = field.at(moved(values, velocity, to - from), to);
                for (int i = 0; i < after.length; i++) {
                    after[i] = (velocity[i] + after[i]) / 2;
                }
                velocity = after;
            }
            return moved(values, velocity, to - from);
        }
    };

    /** How often so many steps ask for the velocity. */
    abstract int evaluations(int steps);

    abstract float[] step(Field field, float[] values, float from, float to);

    /** Where values at time 0 are at time 1; they are not changed themselves. */
    public float[] follow(Field field, float[] values, int steps) {
        float[] now = values;
        for (int i = 0; i < steps; i++) {
            now = step(field, now, at(i, steps), at(i + 1, steps));
        }
        return now;
    }

    /** The time a step begins. */
    static float at(int step, int steps) {
        return (float) step / steps;
    }

    static float[] moved(float[] values, float[] velocity, float duration) {
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[i] + duration * velocity[i];
        }
        return moved;
    }

    /** As it is written in settings and model packages. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The solver of this id. */
    public static Optional<Solver> find(String id) {
        return Arrays.stream(values()).filter(solver -> solver.id().equals(id)).findFirst();
    }

    /** The solver of this id; throws a problem that lists them. */
    public static Solver byId(String id) {
        return find(id).orElseThrow(() -> Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        "sampler",
                        "euler or heun",
                        "There is no sampler of this name; there are euler and heun.")
                .exception());
    }
}
