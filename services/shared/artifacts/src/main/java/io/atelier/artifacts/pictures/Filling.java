package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;

/**
 * Fills holes of one channel from what lies around: halves the picture until no hole is left, and fills each hole from the
 * size below.
 *
 * @see <a href="https://doi.org/10.1145/237170.237269">Gortler et al., The lumigraph (1996), section 3.5, pull-push</a>
 */
final class Filling {
    private static final float WHITE = 255;

    private Filling() {}

    /** Replaces a channel of {@code colours} (three channels) where the picture's alpha is 0. */
    static void fill(Picture picture, int channel, byte[] colours) {
        int width = picture.width();
        int height = picture.height();
        Level half = new Level(Math.ceilDiv(width, 2), Math.ceilDiv(height, 2));
        boolean holes = false;
        for (int i = 0; i < width * height; i++) {
            int alpha = picture.pixels()[i * 4 + 3] & 0xFF;
            holes |= alpha == 0;
            half.add(i % width / 2, i / width / 2, picture.pixels()[i * 4 + channel] & 0xFF, alpha / 255f);
        }
        if (!holes) {
            return;
        }
        half.settle();
        for (int i = 0; i < width * height; i++) {
            if (picture.pixels()[i * 4 + 3] == 0) {
                colours[i * 3 + channel] = (byte) Math.clamp(Math.round(half.between(i % width, i / width)), 0, 255);
            }
        }
    }

    /** A picture of one channel whose values count as much as their weights. */
    private static final class Level {
        private final int width;
        private final int height;
        private final float[] values;
        private final float[] weights;

        Level(int width, int height) {
            this.width = width;
            this.height = height;
            values = new float[width * height];
            weights = new float[width * height];
        }

        void add(int x, int y, float value, float weight) {
            values[y * width + x] += value * weight;
            weights[y * width + x] += weight;
        }

        /** Makes sums means, and fills from the size below as far as weight is missing. */
        void settle() {
            for (int i = 0; i < values.length; i++) {
                values[i] = weights[i] > 0 ? values[i] / weights[i] : WHITE;
                weights[i] = Math.min(1, weights[i]);
            }
            if (width == 1 && height == 1) {
                return;
            }
            Level half = new Level(Math.ceilDiv(width, 2), Math.ceilDiv(height, 2));
            for (int i = 0; i < values.length; i++) {
                half.add(i % width / 2, i / width / 2, values[i], weights[i]);
            }
            half.settle();
            for (int i = 0; i < values.length; i++) {
                if (weights[i] < 1) {
                    values[i] = weights[i] * values[i] + (1 - weights[i]) * half.between(i % width, i / width);
                }
            }
        }

        /** The value at a place of the size above, between the four nearest. */
        float between(int x, int y) {
            int left = Math.max(0, x - 1) / 2;
            int top = Math.max(0, y - 1) / 2;
            int right = Math.min(width - 1, left + 1);
            int bottom = Math.min(height - 1, top + 1);
            float across = x == 0 ? 0 : x % 2 == 1 ? 0.25f : 0.75f;
            float down = y == 0 ? 0 : y % 2 == 1 ? 0.25f : 0.75f;
            float upper = values[top * width + left] * (1 - across) + values[top * width + right] * across;
            float lower = values[bottom * width + left] * (1 - across) + values[bottom * width + right] * across;
            return upper * (1 - down) + lower * down;
        }
    }
}
