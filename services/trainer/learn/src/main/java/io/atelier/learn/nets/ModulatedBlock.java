package io.atelier.learn.nets;

import io.atelier.learn.ops.GroupNorm;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.Ops;
import io.atelier.learn.ops.ParamStore;
import java.util.Optional;

/**
 * Two 3x3 convolutions that add to what they read, the second of them modulated by a vector. It starts as the identity, or
 * as a 1x1 convolution where the channels change.
 *
 * @see <a href="https://arxiv.org/abs/2105.05233">Dhariwal and Nichol, Diffusion models beat GANs, section 3.1</a>
 */
record ModulatedBlock(
        GroupNorm firstNorm, Conv first, GroupNorm secondNorm, Dense told, Conv second, Optional<Conv> bypass) {
    static ModulatedBlock create(ParamStore store, String name, int in, int out, int told) {
        return new ModulatedBlock(
                GroupNorm.create(store, name + ".norm0", in, FlowNet.GROUPS),
                Conv.create(store, name + ".conv0", in, out, 3, 1, 1, Init.fanIn()),
                GroupNorm.create(store, name + ".norm1", out, FlowNet.GROUPS),
                Dense.create(store, name + ".told", told, 2 * out, Init.fanIn()),
                Conv.create(store, name + ".conv1", out, out, 3, 1, 1, Init.constant(0)),
                in == out
                        ? Optional.empty()
                        : Optional.of(Conv.create(store, name + ".bypass", in, out, 1, 1, 0, Init.fanIn())));
    }

    /** x (n, in, h, w) and what it is told (n, told), giving (n, out, h, w). */
    <V> V forward(Ops<V> ops, V x, V vector) {
        long out = second.bias().count();
        V gainAndBias = told.forward(ops, vector);
        V change = first.forward(ops, ops.silu(ops.groupNorm(x, firstNorm)));
        change = ops.modulate(
                ops.groupNorm(change, secondNorm),
                ops.narrow(1, gainAndBias, 0, out),
                ops.narrow(1, gainAndBias, out, out));
        change = second.forward(ops, ops.silu(change));
        return ops.add(bypass.isPresent() ? bypass.get().forward(ops, x) : x, change);
    }
}
