package io.atelier.learn.style;

import io.atelier.kernel.Seeds;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How far a picture's colours are from a painting's as a whole, wherever they are: along fixed directions of the colour
 * space both are sorted and compared, at half and at an eighth of the size.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-24785-9_37">Rabin et al., Wasserstein barycenter and its application to
 *     texture mixing</a>
 */
final class Palette {
    private static final int DIRECTIONS = 24;
    private static final int[] SHRUNK = {2, 8};

    private final Engine engine;
    private final Tensor whitening;
    private final Tensor mean;
    private final Tensor directions;
    private final List<Tensor> sorted = new ArrayList<>(); // (directions, pixels) of the painting

    Palette(Engine engine, Tensor painting, long seed, Kept kept) {
        this.engine = engine;
        whitening = kept.keep(Colours.whitening(engine, painting));
        mean = kept.keep(torch.conv2d(painting, whitening).mean(new long[] {2, 3}, true, new ScalarTypeOptional()));
        directions = kept.keep(Tensors.of(engine, directions(seed), DIRECTIONS, 3, 1, 1));
        for (int factor : SHRUNK) {
            sorted.add(kept.keep(sorted(painting, factor)));
        }
    }

    private static float[] directions(long seed) {
        float[] values = Seeds.gaussians(seed, 3 * DIRECTIONS);
        for (int i = 0; i < values.length; i += 3) {
            double length =
                    Math.sqrt(values[i] * values[i] + values[i + 1] * values[i + 1] + values[i + 2] * values[i + 2]);
            for (int k = i; k < i + 3; k++) {
                values[k] /= (float) length;
            }
        }
        return values;
    }

    private Tensor sorted(Tensor picture, int factor) {
        Tensor colours = torch.conv2d(torch.avg_pool2d(picture, factor, factor), whitening)
                .sub(mean);
        return Maths.columns(torch.conv2d(colours, directions))
                .sort(1, false)
                .get0()
                .clone(); // else it would point into a tuple that is gone with the scope
    }

    /** 0 for the painting itself. */
    Tensor loss(Tensor picture) {
        Tensor sum = apart(picture, 0);
        for (int i = 1; i < SHRUNK.length; i++) {
            sum = sum.add(apart(picture, i));
        }
        return sum.div(new Scalar((double) SHRUNK.length));
    }

    private Tensor apart(Tensor picture, int size) {
        Tensor own = sorted(picture, SHRUNK[size]);
        Tensor wanted = sorted.get(size);
        int count = (int) own.size(1);
        int most = (int) wanted.size(1);
        long[] ranks = new long[count];
        for (int i = 0; i < count; i++) {
            ranks[i] = Math.min(most - 1L, (long) ((i + 0.5) * most / count));
        }
        return Maths.meanSquare(own, wanted.index_select(1, Tensors.ofLongs(engine, ranks, count)));
    }
}
