package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How far a picture's forms are from a photograph's: their luminance, apart by size, each size in proportion to how much of
 * it the photograph has. The finest size is the painting's to fill.
 *
 * @see <a href="https://doi.org/10.1109/TCOM.1983.1095851">Burt and Adelson, The Laplacian pyramid as a compact image
 *     code</a>
 */
final class Forms {
    private static final double[] WEIGHTS = {0, 0.5, 1, 1, 0.5}; // from fine to coarse
    private static final double FLOOR = 1e-4; // of a variance

    private Forms() {}

    /** Compares pictures (n, 3, h, w) with luminances (n, 1, h, w), all together. */
    static Tensor loss(Engine engine, Tensor picture, Tensor luminance) {
        List<Tensor> own = bands(Colours.luminance(engine, picture));
        List<Tensor> wanted = bands(luminance);
        Tensor sum = apart(own, wanted, 1);
        for (int i = 2; i < WEIGHTS.length; i++) {
            sum = sum.add(apart(own, wanted, i));
        }
        return sum;
    }

    private static Tensor apart(List<Tensor> own, List<Tensor> wanted, int band) {
        Tensor target = wanted.get(band);
        Tensor scale = target.var().add(new Scalar(FLOOR));
        return Maths.meanSquare(own.get(band), target)
                .mul(new Scalar(WEIGHTS[band]))
                .div(scale);
    }

    private static List<Tensor> bands(Tensor luminance) {
        List<Tensor> bands = new ArrayList<>();
        Tensor x = luminance;
        for (int i = 1; i < WEIGHTS.length; i++) {
            Tensor smaller = Maths.halved(x);
            Tensor blurred = torch.upsample_bilinear2d(smaller, new long[] {x.size(2), x.size(3)}, false);
            bands.add(x.sub(blurred));
            x = smaller;
        }
        bands.add(x);
        return bands;
    }
}
