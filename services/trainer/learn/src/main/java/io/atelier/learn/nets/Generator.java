package io.atelier.learn.nets;

import io.atelier.learn.ops.ClassNorm;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A class-conditional generator that works at half the picture's size and unfolds the last factor of two by a pixel
 * shuffle: a dense layer, transposed convolutions with class-conditional normalisation, residual 3x3 convolutions, a
 * 3x3 convolution, tanh.
 *
 * @see <a href="https://arxiv.org/abs/1511.06434">Radford et al., DCGAN</a>
 * @see <a href="https://arxiv.org/abs/1609.05158">Shi et al., Sub-pixel convolution</a>
 */
public final class Generator {
    private static final int KERNEL = 4; // a multiple of the stride, so that every pixel is reached equally often

    private final Shape shape;
    private final Param classes;
    private final Dense seed;
    private final ClassNorm seedNorm;
    private final List<Growth> growths = new ArrayList<>();
    private final List<Residual> residuals = new ArrayList<>();
    private final Conv unfold;
    private final List<Conv> refine = new ArrayList<>();

    /**
     * What to build.
     *
     * @param latent numbers a picture is made from
     * @param embedding numbers a class is told by
     * @param classes how many classes
     * @param side height and width of the picture in pixels
     * @param channels of the picture: 1, 3 or 4
     * @param widths channels of each stage, from the smallest picture on; each but the first doubles the side
     * @param residual how many 3x3 convolutions at half size add to what they read
     * @param refine channels at full size before a last 3x3 convolution, which hides the shuffle's grid; 0 leaves it out
     */
    public record Shape(
            int latent,
            int embedding,
            int classes,
            int side,
            int channels,
            List<Integer> widths,
            int residual,
            int refine) {
        int base() {
            return side >> widths.size();
        }
    }

    private record Growth(Param weight, ClassNorm norm) {}

    private record Residual(Conv conv, ClassNorm norm) {}

    public Generator(ParamStore store, Shape shape) {
        this.shape = shape;
        int base = shape.base();
        int width = shape.widths().getFirst();
        if (base < 1 || base << shape.widths().size() != shape.side()) {
            throw new IllegalArgumentException("a side of " + shape.side() + " cannot be halved "
                    + shape.widths().size() + " times");
        }
        classes = store.trainable("classes", Init.normal(1), shape.classes(), shape.embedding());
        seed = Dense.create(store, "seed", shape.latent() + shape.embedding(), width * base * base, Init.orthogonal());
        seedNorm = ClassNorm.create(store, "seed.norm", shape.classes(), width);
        for (int i = 1; i < shape.widths().size(); i++) {
            int next = shape.widths().get(i);
            Param weight = store.trainable(
                    "grow" + i + ".weight",
                    Init.uniform(1 / Math.sqrt(next * KERNEL * KERNEL)),
                    width,
                    next,
                    KERNEL,
                    KERNEL);
            growths.add(new Growth(weight, ClassNorm.create(store, "grow" + i + ".norm", shape.classes(), next)));
            width = next;
        }
        for (int i = 1; i <= shape.residual(); i++) {
            residuals.add(new Residual(
                    Conv.create(store, "residual" + i, width, width, 3, 1, 1, Init.orthogonal()),
                    ClassNorm.create(store, "residual" + i + ".norm", shape.classes(), width)));
        }
        int unfolded = shape.refine() > 0 ? shape.refine() : shape.channels();
        unfold =
                Conv.create(store, "unfold", width, 4 * unfolded, 3, 1, 1, Init.equalWithinPixel(Init.orthogonal(), 2));
        if (shape.refine() > 0) {
            refine.add(Conv.create(store, "refine", unfolded, shape.channels(), 3, 1, 1, Init.orthogonal()));
        }
    }

    /** Makes pictures (n, channels, side, side) in -1..1 from latents (n, latent) and labels (n). */
    public <V> V forward(Ops<V> ops, V latent, V label) {
        int base = shape.base();
        V told = ops.concat(1, latent, ops.embedding(label, classes));
        V x = ops.reshapeRows(seed.forward(ops, told), shape.widths().getFirst(), base, base);
        x = ops.relu(ops.classNorm(x, label, seedNorm));
        for (Growth growth : growths) {
            x = ops.relu(ops.classNorm(ops.convTransposed(x, growth.weight(), null, 2, 1), label, growth.norm()));
        }
        for (Residual residual : residuals) {
            V change = ops.classNorm(residual.conv().forward(ops, x), label, residual.norm());
            x = ops.add(x, ops.relu(change));
        }
        x = ops.pixelShuffle(unfold.forward(ops, x), 2);
        for (Conv last : refine) {
            x = last.forward(ops, ops.leakyRelu(x, 0.2));
        }
        return ops.tanh(x);
    }

    public Shape shape() {
        return shape;
    }
}
