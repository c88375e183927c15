package io.atelier.learn.ops;

import io.atelier.kernel.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/** First values of a parameter, the same on every machine: drawn in Java, not by a device's generator. */
@FunctionalInterface
public interface Init {

    /** Row-major values of this shape. */
    float[] values(long seed, long... shape);

    static Init constant(double value) {
        return (seed, shape) -> {
            float[] values = new float[count(shape)];
            Arrays.fill(values, (float) value);
            return values;
        };
    }

    static Init normal(double deviation) {
        return (seed, shape) -> {
            float[] values = Seeds.gaussians(seed, count(shape));
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) deviation;
            }
            return values;
        };
    }

    static Init uniform(double bound) {
        return (seed, shape) -> {
            SplittableRandom random = new SplittableRandom(seed);
            float[] values = new float[count(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            return values;
        };
    }

    /**
     * Normal values that keep the variance through a ReLU: deviation sqrt(2 / inputs of one output).
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving deep into rectifiers</a>
     */
    static Init he() {
        return (seed, shape) -> normal(Math.sqrt(2.0 * shape[0] / count(shape))).values(seed, shape);
    }

    /** Uniform values within 1 / sqrt(elements of one row of the first axis), PyTorch's default. */
    static Init fanIn() {
        return (seed, shape) ->
                uniform(Math.sqrt((double) shape[0] / count(shape))).values(seed, shape);
    }

    /**
     * A matrix (first axis by the rest) with orthonormal rows or columns, whichever are fewer.
     *
     * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al., Exact solutions to the nonlinear dynamics of learning</a>
     */
    static Init orthogonal() {
        return Orthogonal::values;
    }

    /** Every group of factor x factor output channels starts equal, so that a pixel shuffle starts without a grid. */
    static Init equalWithinPixel(Init inner, int factor) {
        return (seed, shape) -> {
            long[] few = shape.clone();
            int group = factor * factor;
            few[0] = shape[0] / group;
            float[] source = inner.values(seed, few);
            int row = source.length / (int) few[0];
            float[] values = new float[source.length * group];
            for (int i = 0; i < shape[0]; i++) {
                System.arraycopy(source, i / group * row, values, i * row, row);
            }
            return values;
        };
    }

    private static int count(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }
}
