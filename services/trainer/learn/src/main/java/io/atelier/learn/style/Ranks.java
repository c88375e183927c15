package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** A photograph's light and dark without its contrast: for each pixel the share of the photograph that is darker. */
public final class Ranks {
    private Ranks() {}

    /**
     * Ranks by luminance.
     *
     * @param photograph (1, 3, h, w)
     * @return (1, 1, h, w) in 0..1
     */
    public static Tensor of(Engine engine, Tensor photograph) {
        float[] values = Tensors.floats(Colours.luminance(engine, photograph));
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < values.length; i++) {
            int found = Arrays.binarySearch(sorted, values[i]);
            int rank = found < 0 ? -found - 1 : found; // only what is not a number is not found
            values[i] = (float) rank / Math.max(1, values.length - 1);
        }
        return Tensors.of(engine, values, 1, 1, photograph.size(2), photograph.size(3));
    }
}
