package io.atelier.learn.train;

import io.atelier.kernel.Seeds;

/** The numbers pictures of an evaluation are made from, whichever runtime makes them. */
public final class Latents {
    /** Pictures whose latents are drawn together. */
    public static final int AT_ONCE = 200;

    private Latents() {}

    /** Latents (count, width) of the pictures from this one on, at most {@link #AT_ONCE} of them. */
    public static float[] of(long seed, int from, int count, int width) {
        return Seeds.gaussians(Seeds.derive(seed, from), count * width);
    }
}
