package io.atelier.learn.train;

import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.nets.SpreadGenerator;
import io.atelier.learn.ops.TorchOps;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes pictures with a trained generator.
 *
 * @param engine where
 * @param generator its running statistics count, not the batch
 * @param form pictures of the form it makes
 */
record PictureMaker(Engine engine, SpreadGenerator generator, LabelledPictures form) {
    /** One picture per label; the latents come from the seed alone. */
    LabelledPictures make(int[] labels, long seed) {
        int latent = generator.latent();
        int size = form.pictureSize();
        float[] pixels = new float[labels.length * size];
        for (int from = 0; from < labels.length; from += Latents.AT_ONCE) {
            int[] part = Arrays.copyOfRange(labels, from, Math.min(labels.length, from + Latents.AT_ONCE));
            float[] noise = Latents.of(seed, from, part.length, latent);
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor made = generator.forward(
                        new TorchOps(false),
                        Tensors.of(engine, noise, part.length, latent),
                        Tensors.labels(engine, part));
                System.arraycopy(Tensors.floats(made), 0, pixels, from * size, part.length * size);
            }
        }
        return new LabelledPictures(form.channels(), form.height(), form.width(), pixels, labels, form.labelNames());
    }
}
