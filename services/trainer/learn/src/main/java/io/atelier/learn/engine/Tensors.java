package io.atelier.learn.engine;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arrays to tensors and back. */
public final class Tensors {
    private Tensors() {}

    /** A copy of row-major values; belongs to the current pointer scope. */
    public static Tensor of(Engine engine, float[] values, long... shape) {
        return Tensor.create(values, shape).to(engine.device(), ScalarType.Float);
    }

    /** A copy of whole numbers as int64; belongs to the current pointer scope. */
    public static Tensor ofLongs(Engine engine, long[] values, long... shape) {
        return Tensor.create(values, shape).to(engine.device(), ScalarType.Long);
    }

    /** Labels as int64 (count). */
    public static Tensor labels(Engine engine, int... labels) {
        long[] wide = new long[labels.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = labels[i];
        }
        return ofLongs(engine, wide, wide.length);
    }

    /** A copy of a tensor's values as float32, row-major. */
    public static float[] floats(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.detach().to(ScalarType.Float).cpu().contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr_float()).get(values);
            return values;
        }
    }

    /** A copy of an int64 tensor's values, row-major. */
    public static long[] longs(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.detach().to(ScalarType.Long).cpu().contiguous();
            long[] values = new long[Math.toIntExact(plain.numel())];
            new LongPointer(plain.data_ptr_long()).get(values);
            return values;
        }
    }
}
