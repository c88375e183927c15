package io.atelier.learn.ops;

/**
 * Batch normalisation's parameters and running statistics, each (channels).
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, Batch Normalization</a>
 */
public record Norm(Param gain, Param bias, Param mean, Param variance) {
    static final double EPSILON = 1e-5;
    static final double MOMENTUM = 0.1;

    public static Norm create(ParamStore store, String name, int channels) {
        return new Norm(
                store.trainable(name + ".gain", Init.constant(1), channels),
                store.trainable(name + ".bias", Init.constant(0), channels),
                store.buffer(name + ".mean", Init.constant(0), channels),
                store.buffer(name + ".variance", Init.constant(1), channels));
    }
}
