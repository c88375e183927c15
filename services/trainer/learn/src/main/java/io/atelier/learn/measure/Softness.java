package io.atelier.learn.measure;

import io.atelier.learn.data.LabelledPictures;

/**
 * The share of pixels whose alpha is undecided, above 0.1 and below 0.9. Pixel art has hard edges; a generator that
 * blurs them shows it here before it shows in any other figure.
 */
public final class Softness {
    private Softness() {}

    /** The share over all pictures; they must have 4 channels, the last of them alpha in -1..1. */
    public static double ofAlpha(LabelledPictures pictures) {
        if (pictures.channels() != 4) {
            throw new IllegalArgumentException("only pictures of 4 channels have alpha, not of " + pictures.channels());
        }
        int plane = pictures.height() * pictures.width();
        long soft = 0;
        for (int picture = 0; picture < pictures.count(); picture++) {
            int from = picture * pictures.pictureSize() + 3 * plane;
            for (int i = from; i < from + plane; i++) {
                float alpha = (pictures.pixels()[i] + 1) / 2;
                soft += alpha > 0.1f && alpha < 0.9f ? 1 : 0;
            }
        }
        return (double) soft / ((long) pictures.count() * plane);
    }
}
