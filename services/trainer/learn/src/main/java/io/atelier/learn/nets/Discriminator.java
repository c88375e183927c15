package io.atelier.learn.nets;

import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A projection discriminator at half the picture's size: a pixel unshuffle, convolutions with leaky ReLU, the sum over
 * all pixels, a linear score plus the inner product with the class's vector.
 *
 * @see <a href="https://arxiv.org/abs/1802.05637">Miyato and Koyama, cGANs with projection discriminator</a>
 */
public final class Discriminator {
    private static final double SLOPE = 0.2;
    private static final double SUM_SCALE = 1.0 / 8; // keeps the first scores near 1

    private final List<Conv> layers = new ArrayList<>();
    private final int group;
    private final Conv last;
    private final Dense score;
    private final Param classes;

    /**
     * What to build.
     *
     * @param channels of the picture: 1, 3 or 4
     * @param classes how many classes
     * @param widths channels of each stage; each but the first halves the side
     * @param last channels of the last convolution
     * @param group how many consecutive pictures are compared, whose deviation the last convolution reads, so that
     *     pictures that resemble each other give a generator away; 1 leaves it out
     */
    public record Shape(int channels, int classes, List<Integer> widths, int last, int group) {}

    public Discriminator(ParamStore store, Shape shape) {
        int in = 4 * shape.channels();
        for (int i = 0; i < shape.widths().size(); i++) {
            int out = shape.widths().get(i);
            layers.add(
                    i == 0
                            ? Conv.create(store, "stage0", in, out, 3, 1, 1, Init.fanIn())
                            : Conv.create(store, "stage" + i, in, out, 4, 2, 1, Init.fanIn()));
            in = out;
        }
        group = shape.group();
        last = Conv.create(store, "last", group > 1 ? in + 1 : in, shape.last(), 3, 1, 1, Init.fanIn());
        score = Dense.create(store, "score", shape.last(), 1, Init.fanIn());
        classes = store.trainable("classes", Init.normal(1), shape.classes(), shape.last());
    }

    /** Scores pictures (n, channels, side, side) with their labels (n): (n), higher is more real. */
    public <V> V forward(Ops<V> ops, V picture, V label) {
        V x = ops.pixelUnshuffle(picture, 2);
        for (Conv layer : layers) {
            x = ops.leakyRelu(layer.forward(ops, x), SLOPE);
        }
        if (group > 1) {
            x = ops.concat(1, x, ops.groupDeviation(x, group));
        }
        x = ops.leakyRelu(last.forward(ops, x), SLOPE);
        V features = ops.scale(ops.sumOverPixels(x), SUM_SCALE);
        V projected = ops.sumOverFeatures(ops.mul(features, ops.embedding(label, classes)));
        return ops.add(ops.sumOverFeatures(score.forward(ops, features)), projected);
    }
}
