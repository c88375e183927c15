package io.atelier.learn.style;

import io.atelier.learn.engine.Engine;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A painting's light and dark: gives a photograph's luminance the painting's distribution, order kept. */
final class Tones {
    private final Tensor sorted; // (pixels)

    Tones(Engine engine, Tensor painting, Kept kept) {
        sorted = kept.keep(Colours.luminance(engine, painting)
                .flatten()
                .sort(0, false)
                .get0()
                .clone()); // else it would point into a tuple that is gone with the scope
    }

    /** The luminance that ranks of any shape would have in the painting's tones. */
    Tensor of(Tensor ranks) {
        Scalar last = new Scalar((double) (sorted.size(0) - 1));
        Tensor places = ranks.clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)))
                .mul(last)
                .to(ScalarType.Long);
        return sorted.index_select(0, places.flatten()).reshape(ranks.shape());
    }
}
