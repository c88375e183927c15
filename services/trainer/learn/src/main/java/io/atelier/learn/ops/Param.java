package io.atelier.learn.ops;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A named tensor that outlives every pointer scope; its {@link ParamStore} owns it.
 *
 * @param name unique in its store and the same in every run
 * @param tensor the values, float32
 * @param trainable whether optimisers change it; buffers such as running means are not trainable
 */
public record Param(String name, Tensor tensor, boolean trainable) {

    public long[] shape() {
        return tensor.shape();
    }

    public long count() {
        return tensor.numel();
    }

    /** A copy of the values in row-major order. */
    public float[] floats() {
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.detach().cpu().contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr_float()).get(values);
            return values;
        }
    }
}
