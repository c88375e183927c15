package io.atelier.learn.train;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.VelocityNet;
import io.atelier.learn.data.LabelledPictures;
import java.util.Arrays;

/**
 * Makes labelled pictures with a velocity network.
 *
 * @param net the network
 * @param sampler how its flow is followed
 * @param form pictures of the form it makes
 */
public record FlowPictures(VelocityNet net, FlowSampler sampler, LabelledPictures form) {

    /** One picture per label; the noise comes from the seed alone. */
    public LabelledPictures make(int[] labels, long seed) {
        int size = form.pictureSize();
        float[] pixels = new float[labels.length * size];
        for (int from = 0; from < labels.length; from += Latents.AT_ONCE) {
            long[] part = Arrays.stream(labels, from, Math.min(labels.length, from + Latents.AT_ONCE))
                    .asLongStream()
                    .toArray();
            float[] noise = Latents.of(seed, from, part.length, size);
            float[] made = sampler.make(net, noise, part, form.classes());
            System.arraycopy(made, 0, pixels, from * size, made.length);
        }
        return new LabelledPictures(form.channels(), form.height(), form.width(), pixels, labels, form.labelNames());
    }
}
