package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** A painting's light and dark: gives a photograph's luminance the painting's distribution, order kept. */
final class Tones {
    private final Engine engine;
    private final float[] sorted;

    Tones(Engine engine, Tensor painting) {
        this.engine = engine;
        sorted = Tensors.floats(Colours.luminance(engine, painting));
        Arrays.sort(sorted);
    }

    /** The luminance (1, 1, h, w) that a photograph would have in the painting's tones. */
    Tensor of(Tensor photograph) {
        float[] values = Tensors.floats(Colours.luminance(engine, photograph));
        float[] own = values.clone();
        Arrays.sort(own);
        for (int i = 0; i < values.length; i++) {
            int found = Arrays.binarySearch(own, values[i]);
            long rank = found < 0 ? -found - 1L : found;
            values[i] = sorted[(int) (rank * (sorted.length - 1) / Math.max(1, own.length - 1))];
        }
        return Tensors.of(engine, values, 1, 1, photograph.size(2), photograph.size(3));
    }
}
