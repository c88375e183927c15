package io.atelier.image.domain;

import io.atelier.artifacts.Picture;

/** Enlarges and resamples pictures; the same on every machine. */
final class Pixels {
    private Pixels() {}

    /** Repeats every pixel {@code times} in both directions. */
    static Picture enlarge(Picture small, int times) {
        if (times == 1) {
            return small;
        }
        int channels = small.channels();
        int rowBytes = small.width() * times * channels;
        byte[] pixels = new byte[rowBytes * small.height() * times];
        for (int y = 0; y < small.height(); y++) {
            int first = y * times * rowBytes;
            for (int x = 0; x < small.width() * times; x++) {
                System.arraycopy(
                        small.pixels(),
                        (y * small.width() + x / times) * channels,
                        pixels,
                        first + x * channels,
                        channels);
            }
            for (int copy = 1; copy < times; copy++) {
                System.arraycopy(pixels, first, pixels, first + copy * rowBytes, rowBytes);
            }
        }
        return new Picture(small.width() * times, small.height() * times, channels, pixels);
    }

    /**
     * The middle of a picture in the target's proportions, each target pixel the mean of the area it covers, over white.
     * So a picture that was enlarged by repetition comes back exactly.
     *
     * @param grey whether to answer one plane of luma (ITU-R BT.601) instead of red, green, blue
     * @return planes (channel, height, width), 0 to 1
     */
    static double[] resample(Picture picture, boolean grey, int width, int height) {
        double step = Math.min((double) picture.width() / width, (double) picture.height() / height);
        double left = (picture.width() - step * width) / 2;
        double top = (picture.height() - step * height) / 2;
        int planes = grey ? 1 : 3;
        double[] out = new double[planes * width * height];
        double[] colour = new double[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                mean(picture, left + x * step, top + y * step, step, colour);
                int at = y * width + x;
                if (grey) {
                    out[at] = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
                } else {
                    for (int c = 0; c < 3; c++) {
                        out[c * width * height + at] = colour[c];
                    }
                }
            }
        }
        return out;
    }

    private static void mean(Picture picture, double left, double top, double side, double[] colour) {
        double[] sum = new double[3];
        double area = 0;
        int lastX = Math.min(picture.width(), (int) Math.ceil(left + side));
        int lastY = Math.min(picture.height(), (int) Math.ceil(top + side));
        for (int y = (int) top; y < lastY; y++) {
            double high = Math.min(y + 1, top + side) - Math.max(y, top);
            for (int x = (int) left; x < lastX; x++) {
                double weight = high * (Math.min(x + 1, left + side) - Math.max(x, left));
                for (int c = 0; c < 3; c++) {
                    sum[c] += weight * overWhite(picture, y * picture.width() + x, c);
                }
                area += weight;
            }
        }
        for (int c = 0; c < 3; c++) {
            colour[c] = sum[c] / area;
        }
    }

    private static double overWhite(Picture picture, int pixel, int channel) {
        int channels = picture.channels();
        double value = (picture.pixels()[pixel * channels + (channels == 1 ? 0 : channel)] & 0xff) / 255.0;
        if (channels != 4) {
            return value;
        }
        double alpha = (picture.pixels()[pixel * channels + 3] & 0xff) / 255.0;
        return value * alpha + 1 - alpha;
    }
}
