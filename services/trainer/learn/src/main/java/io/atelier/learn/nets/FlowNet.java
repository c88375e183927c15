package io.atelier.learn.nets;

import io.atelier.learn.ops.GroupNorm;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The velocity that carries noise at time 0 to a picture of a class at time 1: a U-Net at half the picture's size, reached
 * by a pixel unshuffle and left by a pixel shuffle, with attention between the pixels of the smallest size. Every row has a
 * time and a label of its own; one label more than there are classes stands for any class.
 *
 * @see <a href="https://arxiv.org/abs/2210.02747">Lipman et al., Flow matching for generative modeling</a>
 * @see <a href="https://arxiv.org/abs/1505.04597">Ronneberger et al., U-Net</a>
 */
public final class FlowNet {
    /** Groups of channels that are normalised together; divides every width. */
    public static final int GROUPS = 8;

    private static final int FOLD = 2;
    private static final float[] FREQUENCIES = frequencies(32, 1000);

    private final Shape shape;
    private final Dense time;
    private final Dense told;
    private final Param classes;
    private final Conv enter;
    private final List<Down> downs = new ArrayList<>();
    private final ModulatedBlock first;
    private final PixelAttention attention;
    private final ModulatedBlock last;
    private final List<Up> ups = new ArrayList<>();
    private final GroupNorm norm;
    private final Conv leave;

    /**
     * What to build.
     *
     * @param channels of the picture: 1, 3 or 4
     * @param side height and width of the picture in pixels, a multiple of 2 to the number of widths
     * @param classes how many classes
     * @param widths channels at half the picture's size and at each size below, which is half the one above; multiples of 8
     * @param embedding numbers by which time and class are told
     * @param heads of the attention; divide the last width
     */
    public record Shape(int channels, int side, int classes, List<Integer> widths, int embedding, int heads) {

        /** The label that stands for any class. */
        public int anyLabel() {
            return classes;
        }
    }

    private record Down(ModulatedBlock block, Conv shrink) {}

    private record Up(Conv fit, ModulatedBlock block) {}

    public FlowNet(ParamStore store, Shape shape) {
        this.shape = shape;
        List<Integer> widths = shape.widths();
        int smallest = shape.side() >> widths.size();
        if (smallest < 1 || smallest << widths.size() != shape.side()) {
            throw new IllegalArgumentException(
                    "a side of " + shape.side() + " cannot be halved " + widths.size() + " times");
        }
        int embedding = shape.embedding();
        int folded = shape.channels() * FOLD * FOLD;
        int width = widths.getFirst();
        time = Dense.create(store, "time", 2 * FREQUENCIES.length, embedding, Init.fanIn());
        told = Dense.create(store, "told", embedding, embedding, Init.fanIn());
        classes = store.trainable("classes", Init.normal(1), shape.classes() + 1, embedding);
        enter = Conv.create(store, "enter", folded, width, 3, 1, 1, Init.fanIn());
        for (int i = 1; i < widths.size(); i++) {
            int next = widths.get(i);
            Conv shrink = Conv.create(store, "down" + i + ".shrink", width, next, 3, 2, 1, Init.fanIn());
            downs.add(new Down(ModulatedBlock.create(store, "down" + i, width, width, embedding), shrink));
            Conv fit = Conv.create(store, "up" + i + ".fit", next, width, 1, 1, 0, Init.fanIn());
            ups.addFirst(new Up(fit, ModulatedBlock.create(store, "up" + i, 2 * width, width, embedding)));
            width = next;
        }
        first = ModulatedBlock.create(store, "middle0", width, width, embedding);
        attention = PixelAttention.create(store, "attention", width, smallest, shape.heads());
        last = ModulatedBlock.create(store, "middle1", width, width, embedding);
        norm = GroupNorm.create(store, "leave.norm", widths.getFirst(), GROUPS);
        leave = Conv.create(store, "leave", widths.getFirst(), folded, 3, 1, 1, Init.constant(0));
    }

    /** From 1 to the highest, each the same factor above the one before. */
    private static float[] frequencies(int count, double highest) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) StrictMath.pow(highest, (double) i / (count - 1));
        }
        return values;
    }

    /** The velocities (n, channels, side, side) of pictures on their way at times (n) in 0..1 with labels (n). */
    public <V> V forward(Ops<V> ops, V picture, V at, V label) {
        V hours = ops.silu(time.forward(ops, ops.waves(at, FREQUENCIES)));
        V vector = ops.silu(ops.add(told.forward(ops, hours), ops.embedding(label, classes)));
        V x = enter.forward(ops, ops.pixelUnshuffle(picture, FOLD));
        List<V> passed = new ArrayList<>();
        for (Down down : downs) {
            x = down.block().forward(ops, x, vector);
            passed.addFirst(x);
            x = down.shrink().forward(ops, x);
        }
        x = attention.forward(ops, first.forward(ops, x, vector));
        x = last.forward(ops, x, vector);
        for (int i = 0; i < ups.size(); i++) {
            V larger = ops.upsampleNearest(ups.get(i).fit().forward(ops, x), 2);
            x = ups.get(i).block().forward(ops, ops.concat(1, larger, passed.get(i)), vector);
        }
        return ops.pixelShuffle(leave.forward(ops, ops.silu(ops.groupNorm(x, norm))), FOLD);
    }

    public Shape shape() {
        return shape;
    }
}
