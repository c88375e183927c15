package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Small pictures with strokes: stripes of one direction in two colours, and some noise. */
final class Pictures {
    private Pictures() {}

    /** (1, 3, height, width) in 0..1. */
    static Tensor striped(Engine engine, int height, int width, double angle, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] first = {0.2f, 0.3f, 0.7f};
        float[] second = {0.9f, 0.7f, 0.2f};
        float[] values = new float[3 * height * width];
        for (int i = 0; i < height * width; i++) {
            double along = i % width * Math.cos(angle) + i / width * Math.sin(angle);
            double share = 0.5 + 0.5 * Math.sin(0.58 * Math.PI * along) * random.nextDouble(0.6, 1);
            for (int channel = 0; channel < 3; channel++) {
                values[channel * height * width + i] =
                        (float) (first[channel] * share + second[channel] * (1 - share) + random.nextDouble(0.02));
            }
        }
        return Tensors.of(engine, values, 1, 3, height, width);
    }
}
