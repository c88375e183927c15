package io.atelier.learn.train;

import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.nets.OwnMoments;
import io.atelier.learn.nets.StyleNet;
import io.atelier.learn.ops.TorchOps;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A style network on libtorch, in float32 as the exported graph computes it. */
record TorchPainter(Engine engine, StyleNet net) implements Painter {

    @Override
    public float[] paint(float[] photograph, int height, int width, float[] style, long seed) {
        int channels = net.shape().noise();
        float[] noise = StyleRows.noise(seed, channels, height, width);
        int down = height / StyleNet.NOISE_SIDE;
        int across = width / StyleNet.NOISE_SIDE;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor made = net.framed(
                    new TorchOps(false),
                    Tensors.of(engine, photograph, 1, 3, height, width),
                    Tensors.of(engine, style, 1, style.length),
                    Tensors.of(engine, noise, 1, channels, down, across),
                    new OwnMoments<>());
            return Tensors.floats(made);
        }
    }
}
