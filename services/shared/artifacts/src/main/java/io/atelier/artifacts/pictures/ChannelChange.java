package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;

/** From a picture's channels to a model's, as light in 0..1, (height, width, channels). */
final class ChannelChange {
    private ChannelChange() {}

    static float[] to(PictureTensor.Channels channels, Picture picture) {
        int pixels = picture.width() * picture.height();
        float[] out = new float[pixels * channels.count()];
        int[] rgba = new int[4];
        for (int i = 0; i < pixels; i++) {
            read(picture, i, rgba);
            switch (channels) {
                case GREY -> out[i] = grey(picture, rgba);
                case RGB -> {
                    for (int c = 0; c < 3; c++) {
                        out[i * 3 + c] = over(rgba[c], rgba[3]) / 255f;
                    }
                }
                case RGBA_PREMULTIPLIED -> {
                    for (int c = 0; c < 3; c++) {
                        out[i * 4 + c] = rgba[c] * rgba[3] / (255f * 255f);
                    }
                    out[i * 4 + 3] = rgba[3] / 255f;
                }
            }
        }
        return out;
    }

    private static void read(Picture picture, int pixel, int[] rgba) {
        int count = picture.channels();
        for (int c = 0; c < 3; c++) {
            rgba[c] = picture.pixels()[pixel * count + (count == 1 ? 0 : c)] & 0xFF;
        }
        rgba[3] = count == 4 ? picture.pixels()[pixel * 4 + 3] & 0xFF : 255;
    }

    private static float grey(Picture picture, int[] rgba) {
        if (picture.channels() == 1) {
            return rgba[0] / 255f; // exact, which the weights' sum is not
        }
        return (0.299f * over(rgba[0], rgba[3]) + 0.587f * over(rgba[1], rgba[3]) + 0.114f * over(rgba[2], rgba[3]))
                / 255f;
    }

    private static int over(int value, int alpha) {
        return OverWhite.blend(value, alpha);
    }
}
