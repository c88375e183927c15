package io.atelier.learn.optim;

import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;

/**
 * An exponential moving average of a network's parameters and buffers, held in a second store with the same names.
 *
 * @param source what is trained
 * @param average follows it
 * @param decay how much of the average stays at each step; the first steps keep less
 */
public record Ema(ParamStore source, ParamStore average, double decay) {

    public void update(long step) {
        double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Scalar move = new Scalar(1 - keep);
            for (Param param : average.all()) {
                param.tensor().lerp_(source.get(param.name()).tensor(), move);
            }
        }
    }
}
