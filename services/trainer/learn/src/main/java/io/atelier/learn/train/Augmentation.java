package io.atelier.learn.train;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Random mirroring, shifting and cutting out, a draw for each picture, differentiable by the pixels. What a shift brings
 * in from outside is -1: black, or transparent.
 *
 * @param mirror whether half of the pictures are mirrored left to right
 * @param shift the largest shift each way in pixels
 * @param cutout the side of the square set to 0, in pixels; its centre lies anywhere; 0 cuts nothing
 * @see <a href="https://arxiv.org/abs/2006.10738">Zhao et al., Differentiable augmentation for data-efficient GANs</a>
 */
public record Augmentation(boolean mirror, int shift, int cutout) {
    public static final Augmentation NONE = new Augmentation(false, 0, 0);

    /** Changes pictures (n, channels, height, width); belongs to the current pointer scope. */
    public Tensor apply(Engine engine, Tensor pictures, SplittableRandom random) {
        if (equals(NONE)) {
            return pictures;
        }
        int count = (int) pictures.size(0);
        int channels = (int) pictures.size(1);
        int height = (int) pictures.size(2);
        int width = (int) pictures.size(3);
        Draw draw = new Draw(count, height, width);
        for (int i = 0; i < count; i++) {
            draw.picture(i, random);
        }
        long pixels = (long) height * width;
        Tensor source = Tensors.ofLongs(engine, draw.source, count, 1, pixels);
        return pictures.reshape(count, channels, pixels)
                .gather(2, source.expand(count, channels, pixels))
                .mul(Tensors.of(engine, draw.keep, count, 1, pixels))
                .add(Tensors.of(engine, draw.fill, count, 1, pixels))
                .reshape(count, channels, height, width);
    }

    /** Where each pixel comes from, whether it is kept, and what stands there if not. */
    private final class Draw {
        private final int height;
        private final int width;
        private final long[] source;
        private final float[] keep;
        private final float[] fill;

        private Draw(int count, int height, int width) {
            this.height = height;
            this.width = width;
            this.source = new long[count * height * width];
            this.keep = new float[source.length];
            this.fill = new float[source.length];
        }

        private void picture(int index, SplittableRandom random) {
            boolean mirrored = mirror && random.nextBoolean();
            int down = shift > 0 ? random.nextInt(-shift, shift + 1) : 0;
            int right = shift > 0 ? random.nextInt(-shift, shift + 1) : 0;
            int holeTop = cutout > 0 ? random.nextInt(height + 1) - cutout / 2 : 0;
            int holeLeft = cutout > 0 ? random.nextInt(width + 1) - cutout / 2 : 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int at = (index * height + y) * width + x;
                    int fromY = y + down;
                    int fromX = (mirrored ? width - 1 - x : x) + right;
                    boolean outside = fromY < 0 || fromY >= height || fromX < 0 || fromX >= width;
                    boolean cut = y >= holeTop && y < holeTop + cutout && x >= holeLeft && x < holeLeft + cutout;
                    source[at] = outside ? 0 : (long) fromY * width + fromX;
                    keep[at] = outside || cut ? 0 : 1;
                    fill[at] = outside && !cut ? -1 : 0;
                }
            }
        }
    }
}
