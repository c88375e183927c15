package io.atelier.learn.ops;

/**
 * Class-conditional batch normalisation: shared statistics (channels), one gain and bias per class (classes, channels).
 *
 * @see <a href="https://arxiv.org/abs/1707.00683">de Vries et al., Modulating early visual processing by language</a>
 */
public record ClassNorm(Param gain, Param bias, Param mean, Param variance) {

    public static ClassNorm create(ParamStore store, String name, int classes, int channels) {
        return new ClassNorm(
                store.trainable(name + ".gain", Init.constant(1), classes, channels),
                store.trainable(name + ".bias", Init.constant(0), classes, channels),
                store.buffer(name + ".mean", Init.constant(0), channels),
                store.buffer(name + ".variance", Init.constant(1), channels));
    }
}
