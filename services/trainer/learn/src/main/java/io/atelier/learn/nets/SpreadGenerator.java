package io.atelier.learn.nets;

import io.atelier.learn.ops.Ops;

/**
 * A trained generator as it is used: its latents spread further than those it was trained with, or less.
 *
 * @param net the generator
 * @param spread 1 leaves the latents alone; above it pictures grow more varied and less often right, below it the reverse
 * @see <a href="https://arxiv.org/abs/1809.11096">Brock et al., Large scale GAN training, section 3.1 on the truncation
 *     trick</a>
 */
public record SpreadGenerator(Generator net, double spread) {

    /** Makes pictures (n, channels, side, side) in -1..1 from standard normal latents (n, latent) and labels (n). */
    public <V> V forward(Ops<V> ops, V latent, V label) {
        return net.forward(ops, spread == 1 ? latent : ops.scale(latent, spread), label);
    }

    public int latent() {
        return net.shape().latent();
    }
}
