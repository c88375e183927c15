package io.atelier.learn.nets;

import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;

/** A square convolution with bias. */
record Conv(Param weight, Param bias, int stride, int padding) {

    /** A kernel x kernel convolution; stride 1 keeps the size with padding kernel / 2. */
    static Conv create(ParamStore store, String name, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv(
                store.trainable(name + ".weight", init, out, in, kernel, kernel),
                store.trainable(name + ".bias", Init.constant(0), out),
                stride,
                padding);
    }

    <V> V forward(Ops<V> ops, V x) {
        return ops.conv(x, weight, bias, stride, padding);
    }
}
