package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.nets.StyleNet;

/** What a style network is given, whichever runtime it runs on. */
public final class StyleRows {
    private StyleRows() {}

    /** Pixels of -1..1 as 0..1. */
    public static float[] unit(float[] pixels) {
        float[] unit = new float[pixels.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (pixels[i] + 1) / 2;
        }
        return unit;
    }

    /** Pixels of 0..1 as -1..1. */
    public static float[] signed(float[] unit) {
        float[] pixels = new float[unit.length];
        for (int i = 0; i < unit.length; i++) {
            pixels[i] = 2 * unit[i] - 1;
        }
        return pixels;
    }

    /** One painting alone. */
    public static float[] one(int styles, int style) {
        float[] weights = new float[styles];
        weights[style] = 1;
        return weights;
    }

    /** The noise (channels, height / 4, width / 4) of a picture. */
    public static float[] noise(long seed, int channels, int height, int width) {
        return Seeds.gaussians(seed, channels * (height / StyleNet.NOISE_SIDE) * (width / StyleNet.NOISE_SIDE));
    }

    /** The largest centred part whose sides are multiples of what the network needs. */
    public static NamedPicture fitted(NamedPicture picture) {
        int height = picture.height() / StyleNet.MULTIPLE * StyleNet.MULTIPLE;
        int width = picture.width() / StyleNet.MULTIPLE * StyleNet.MULTIPLE;
        int top = (picture.height() - height) / 2;
        int left = (picture.width() - width) / 2;
        float[] pixels = new float[3 * height * width];
        for (int row = 0; row < 3 * height; row++) {
            int from = (row / height * picture.height() + top + row % height) * picture.width() + left;
            System.arraycopy(picture.pixels(), from, pixels, row * width, width);
        }
        return new NamedPicture(picture.name(), height, width, pixels);
    }
}
