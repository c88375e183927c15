package io.atelier.learn.nets;

import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;

/** A fully connected layer with bias. */
record Dense(Param weight, Param bias) {

    static Dense create(ParamStore store, String name, int in, int out, Init init) {
        return new Dense(
                store.trainable(name + ".weight", init, out, in),
                store.trainable(name + ".bias", Init.constant(0), out));
    }

    <V> V forward(Ops<V> ops, V x) {
        return ops.dense(x, weight, bias);
    }
}
