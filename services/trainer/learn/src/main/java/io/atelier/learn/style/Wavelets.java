package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Strokes by direction and size: waves of eight directions over each of a painting's three colours, at sizes that double
 * from level to level, their crests and troughs apart. Neighbouring levels are read together, so that what is fine within
 * what is coarse counts too.
 *
 * @see <a href="https://arxiv.org/abs/2203.07902">Brochard, Zhang and Mallat, Generalized rectifier wavelet covariance
 *     models for texture synthesis</a>
 */
final class Wavelets implements FeatureMaps {
    /** Most levels. */
    static final int LEVELS = 5;

    private static final int SIDE = 9;
    private static final int DIRECTIONS = 8;
    private static final double FREQUENCY = 0.58 * Math.PI;
    private static final double ALONG = 0.17 * SIDE; // deviations of the window, along the wave and across
    private static final double ACROSS = 0.28 * SIDE;

    private final int levels;
    private final Tensor colours; // (3, 3, 1, 1)
    private final Tensor waves; // (16, 1, 9, 9)
    private final Tensor binomial; // (3, 1, 3, 3)

    /**
     * The waves for a painting.
     *
     * @param painting whose colours count as equally strong
     * @param levels how many sizes, 1 to {@link #LEVELS}
     * @param kept owns the filters
     */
    Wavelets(Engine engine, Tensor painting, int levels, Kept kept) {
        this.levels = levels;
        colours = kept.keep(Colours.whitening(engine, painting));
        waves = kept.keep(Tensors.of(engine, waves(), 2L * DIRECTIONS, 1, SIDE, SIDE));
        binomial = kept.keep(Tensors.of(engine, binomial(), 3, 1, 3, 3));
    }

    /** The most levels of pictures with this shorter side: the waves reach no further than a mirrored picture. */
    static int levels(long side) {
        int levels = 1;
        while (levels < LEVELS && side >> levels >= SIDE) {
            levels++;
        }
        return levels;
    }

    @Override
    public List<Tensor> of(Tensor picture) {
        Tensor x = torch.conv2d(picture, colours);
        List<Tensor> found = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            if (level > 0) {
                x = Maths.halved(Maths.filter(x, binomial, new TensorOptional(), 3));
            }
            long count = x.size(0);
            long height = x.size(2);
            long width = x.size(3);
            Tensor seen = Maths.filter(x.reshape(3 * count, 1, height, width), waves)
                    .reshape(count, 6L * DIRECTIONS, height, width);
            found.add(torch.cat(new TensorVector(torch.relu(seen), torch.relu(seen.neg()), x), 1));
        }
        List<Tensor> maps = new ArrayList<>(List.of(found.getFirst()));
        for (int level = 1; level < levels; level++) {
            Tensor coarse = found.get(level);
            Tensor fine = torch.adaptive_avg_pool2d(found.get(level - 1), coarse.size(2), coarse.size(3));
            maps.add(torch.cat(new TensorVector(fine, coarse), 1));
        }
        return maps;
    }

    /** Each direction's cosine and sine in a Gaussian window, of length 1, the cosine without a mean. */
    private static float[] waves() {
        float[] values = new float[2 * DIRECTIONS * SIDE * SIDE];
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            double angle = Math.PI * direction / DIRECTIONS;
            double[] window = new double[SIDE * SIDE];
            double[] cosine = new double[SIDE * SIDE];
            double[] sine = new double[SIDE * SIDE];
            double windowSum = 0;
            double cosineSum = 0;
            for (int i = 0; i < window.length; i++) {
                int x = i % SIDE - SIDE / 2;
                int y = i / SIDE - SIDE / 2;
                double along = x * StrictMath.cos(angle) + y * StrictMath.sin(angle);
                double across = y * StrictMath.cos(angle) - x * StrictMath.sin(angle);
                window[i] =
                        StrictMath.exp(-along * along / (2 * ALONG * ALONG) - across * across / (2 * ACROSS * ACROSS));
                cosine[i] = window[i] * StrictMath.cos(FREQUENCY * along);
                sine[i] = window[i] * StrictMath.sin(FREQUENCY * along);
                windowSum += window[i];
                cosineSum += cosine[i];
            }
            for (int i = 0; i < window.length; i++) {
                cosine[i] -= window[i] * cosineSum / windowSum;
            }
            putUnit(cosine, values, 2 * direction * SIDE * SIDE);
            putUnit(sine, values, (2 * direction + 1) * SIDE * SIDE);
        }
        return values;
    }

    private static void putUnit(double[] wave, float[] into, int at) {
        double squares = 0;
        for (double value : wave) {
            squares += value * value;
        }
        for (int i = 0; i < wave.length; i++) {
            into[at + i] = (float) (wave[i] / Math.sqrt(squares));
        }
    }

    private static float[] binomial() {
        float[] values = new float[3 * 9];
        for (int i = 0; i < values.length; i++) {
            int x = i % 3;
            int y = i / 3 % 3;
            values[i] = (x == 1 ? 0.5f : 0.25f) * (y == 1 ? 0.5f : 0.25f);
        }
        return values;
    }
}
