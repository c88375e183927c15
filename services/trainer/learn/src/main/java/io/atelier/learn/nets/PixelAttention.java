package io.atelier.learn.nets;

import io.atelier.learn.ops.GroupNorm;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.ParamStore;

/** Every pixel asks all pixels and adds what it finds; starts as the identity. */
record PixelAttention(GroupNorm norm, Conv ask, Conv answer, int heads, int channels, int side) {

    /** For pictures (n, channels, side, side). */
    static PixelAttention create(ParamStore store, String name, int channels, int side, int heads) {
        if (channels % heads != 0) {
            throw new IllegalArgumentException(channels + " channels do not fall to " + heads + " heads");
        }
        return new PixelAttention(
                GroupNorm.create(store, name + ".norm", channels, FlowNet.GROUPS),
                Conv.create(store, name + ".ask", channels, 3 * channels, 1, 1, 0, Init.fanIn()),
                Conv.create(store, name + ".answer", channels, channels, 1, 1, 0, Init.constant(0)),
                heads,
                channels,
                side);
    }

    <V> V forward(Ops<V> ops, V x) {
        V asked = ops.reshapeRows(
                ask.forward(ops, ops.groupNorm(x, norm)), 3L * heads, channels / heads, (long) side * side);
        V heard = ops.permute(asked, 0, 1, 3, 2); // (n, 3 heads, pixels, width): queries, keys, values
        V found = ops.attention(
                ops.narrow(1, heard, 0, heads),
                ops.narrow(1, heard, heads, heads),
                ops.narrow(1, heard, 2L * heads, heads));
        V whole = ops.reshapeRows(ops.permute(found, 0, 1, 3, 2), channels, side, side);
        return ops.add(x, answer.forward(ops, whole));
    }
}
