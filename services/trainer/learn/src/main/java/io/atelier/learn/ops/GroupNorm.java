package io.atelier.learn.ops;

/**
 * Group normalisation's gain and bias, each (channels).
 *
 * @param groups how many groups of channels are normalised, each by itself; divides the channels
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He, Group Normalization</a>
 */
public record GroupNorm(Param gain, Param bias, int groups) {
    static final double EPSILON = 1e-5;

    public static GroupNorm create(ParamStore store, String name, int channels, int groups) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(channels + " channels do not fall into " + groups + " groups");
        }
        return new GroupNorm(
                store.trainable(name + ".gain", Init.constant(1), channels),
                store.trainable(name + ".bias", Init.constant(0), channels),
                groups);
    }
}
