package io.atelier.learn.nets;

import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Paints a photograph in the manner of one of several paintings, or of a mixture: two halvings, residual blocks at a
 * quarter of the size, two doublings. Paintings share all convolutions; each has gains and biases of its own, and a mixture
 * of paintings is the same mixture of these. Noise of two sizes enters where the blocks begin, so that even ground need not
 * be painted evenly.
 *
 * <p>Nothing in it depends on the picture's size but the moments its features are normalised by, and those it is handed: a
 * part of a picture is painted as the whole is, if it is given the whole's.
 *
 * @see <a href="https://arxiv.org/abs/1610.07629">Dumoulin et al., A learned representation for artistic style</a>
 * @see <a href="https://arxiv.org/abs/1603.08155">Johnson et al., Perceptual losses for real-time style transfer</a>
 */
public final class StyleNet {
    /** What a picture's sides are multiples of. */
    public static final int MULTIPLE = 16;

    /** The noise has one number for a square of this side. */
    public static final int NOISE_SIDE = 4;

    private static final int COARSER = MULTIPLE / NOISE_SIDE;
    private static final int END = 7;
    private static final double CONTRAST = 4; // pixels of 0..1 to about unit deviation

    private final Shape shape;
    private final Layer enter;
    private final Layer half;
    private final Layer quarter;
    private final Layer stir;
    private final List<Layer> blocks = new ArrayList<>();
    private final Layer larger;
    private final Layer whole;
    private final Param leave;
    private final Param leaveBias;

    /**
     * What to build.
     *
     * @param styles how many paintings
     * @param widths channels at full, half and quarter size
     * @param blocks residual blocks of two convolutions
     * @param noise channels of noise
     */
    public record Shape(int styles, List<Integer> widths, int blocks, int noise) {

        /** All channels that are normalised, each with a mean and a variance. */
        public int normalised() {
            return 2 * widths.get(0) + 2 * widths.get(1) + (2 + 2 * blocks) * widths.get(2);
        }

        /** Pixels of the picture around a pixel that can change it, rounded up to {@link StyleNet#MULTIPLE}. */
        public int reach() {
            int exact = END / 2 + 1 + 2 + NOISE_SIDE * (1 + 2 * blocks) + 2 * 2 + 2 + END / 2;
            return (exact + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
        }
    }

    /** Where the moments come from that features are normalised by. Asked once a layer, in the same order every time. */
    @FunctionalInterface
    public interface Moments<V> {
        /** The moments (n, 2 channels) for features (n, channels, h, w). */
        V of(Ops<V> ops, V features);
    }

    /** A convolution behind mirrored edges, normalised for a mixture of paintings. */
    private record Layer(Param weight, Param gain, Param bias, int stride) {
        static Layer create(ParamStore store, String name, int styles, int in, int out, int kernel, int stride) {
            return new Layer(
                    store.trainable(name + ".weight", Init.he(), out, in, kernel, kernel),
                    store.trainable(name + ".gain", Init.constant(0), out, styles),
                    store.trainable(name + ".bias", Init.constant(0), out, styles),
                    stride);
        }

        <V> V forward(Ops<V> ops, V x, V style, Moments<V> moments) {
            int pad = (int) weight.shape()[2] / 2;
            V made = ops.conv(ops.reflectionPad(x, pad), weight, null, stride, 0);
            return ops.instanceNorm(
                    made, moments.of(ops, made), ops.dense(style, gain, null), ops.dense(style, bias, null));
        }
    }

    public StyleNet(ParamStore store, Shape shape) {
        this.shape = shape;
        int styles = shape.styles();
        int full = shape.widths().get(0);
        int middle = shape.widths().get(1);
        int inner = shape.widths().get(2);
        enter = Layer.create(store, "enter", styles, 3, full, END, 1);
        half = Layer.create(store, "half", styles, full, middle, 3, 2);
        quarter = Layer.create(store, "quarter", styles, middle, inner, 3, 2);
        stir = Layer.create(store, "stir", styles, inner + 2 * shape.noise(), inner, 3, 1);
        for (int i = 0; i < shape.blocks(); i++) {
            blocks.add(Layer.create(store, "block" + i + ".first", styles, inner, inner, 3, 1));
            blocks.add(Layer.create(store, "block" + i + ".second", styles, inner, inner, 3, 1));
        }
        larger = Layer.create(store, "larger", styles, inner, middle, 3, 1);
        whole = Layer.create(store, "whole", styles, middle, full, 3, 1);
        leave = store.trainable(
                "leave.weight", Init.normal(0.3 * Math.sqrt(2.0 / (full * END * END))), 3, full, END, END);
        leaveBias = store.trainable("leave.bias", Init.constant(0), 3);
    }

    /**
     * Paints pictures.
     *
     * @param picture (n, 3, h, w) in 0..1, sides multiples of {@link #MULTIPLE}
     * @param style (n, styles), how much of each painting; sums to 1
     * @param noise (n, noise, h / 4, w / 4), Gaussian
     * @return (n, 3, h, w) in 0..1
     */
    public <V> V forward(Ops<V> ops, V picture, V style, V noise, Moments<V> moments) {
        V x = ops.relu(enter.forward(ops, ops.scale(picture, CONTRAST), style, moments));
        x = ops.relu(half.forward(ops, x, style, moments));
        x = ops.relu(quarter.forward(ops, x, style, moments));
        V coarse = ops.upsampleNearest(ops.scale(ops.avgPool(noise, COARSER), COARSER), COARSER);
        x = ops.concat(1, x, ops.concat(1, noise, coarse));
        x = ops.relu(stir.forward(ops, x, style, moments));
        for (int i = 0; i < blocks.size(); i += 2) {
            V change = ops.relu(blocks.get(i).forward(ops, x, style, moments));
            x = ops.add(x, blocks.get(i + 1).forward(ops, change, style, moments));
        }
        x = ops.relu(larger.forward(ops, ops.upsampleNearest(x, 2), style, moments));
        x = ops.relu(whole.forward(ops, ops.upsampleNearest(x, 2), style, moments));
        return ops.sigmoid(ops.conv(ops.reflectionPad(x, END / 2), leave, leaveBias, 1, 0));
    }

    /**
     * Paints whole pictures: as {@link #forward}, with mirrored surroundings as wide as a pixel's reach, which are cut off
     * again together with what the edges did to them. Sides are longer than the reach.
     */
    public <V> V framed(Ops<V> ops, V picture, V style, V noise, Moments<V> moments) {
        int reach = shape.reach();
        V wide = ops.reflectionPad(picture, reach);
        V stirred = ops.reflectionPad(noise, reach / NOISE_SIDE);
        return ops.crop(forward(ops, wide, style, stirred, moments), reach);
    }

    public Shape shape() {
        return shape;
    }
}
