package io.atelier.image.domain;

import io.atelier.artifacts.Picture;

/**
 * What is done to what a network painted.
 *
 * @param strength how much of it shows over the photograph, 0 to 1
 * @param keepColours whether its lightness alone is taken
 */
record Finish(double strength, boolean keepColours) {
    private static final int ONE = 1 << 16;

    /**
     * Finishes a painted part; both have three channels and one size.
     *
     * @see <a href="https://www.itu.int/rec/R-REC-BT.601">ITU-R BT.601: luma is a weighted sum, and to move it alone all
     *     three channels move by the same</a>
     */
    Picture of(Picture painted, Picture photograph) {
        if (strength == 1 && !keepColours) {
            return painted;
        }
        int share = (int) Math.round(strength * ONE);
        byte[] pixels = new byte[painted.pixels().length];
        byte[] from = photograph.pixels();
        byte[] to = painted.pixels();
        for (int i = 0; i < pixels.length; i += 3) {
            int lighter = keepColours ? luma(to, i) - luma(from, i) : 0;
            for (int c = 0; c < 3; c++) {
                int before = from[i + c] & 0xFF;
                int after = keepColours ? Math.clamp(before + lighter, 0, 255) : to[i + c] & 0xFF;
                pixels[i + c] = (byte) (before + (((after - before) * share + ONE / 2) >> 16));
            }
        }
        return new Picture(painted.width(), painted.height(), 3, pixels);
    }

    private static int luma(byte[] rgb, int at) {
        return (19595 * (rgb[at] & 0xFF) + 38470 * (rgb[at + 1] & 0xFF) + 7471 * (rgb[at + 2] & 0xFF) + ONE / 2) >> 16;
    }
}
