package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.util.Arrays;

/**
 * Changes a picture's size with a triangle filter as wide as the shrinking, row by row, so that a large picture takes no
 * more memory than its bytes. Channels are treated alike: straight alpha must be taken apart before.
 */
public final class Resizing {
    private Resizing() {}

    public static Picture resize(Picture picture, int width, int height) {
        if (picture.width() == width && picture.height() == height) {
            return picture;
        }
        int channels = picture.channels();
        Filter across = Filter.of(picture.width(), width);
        Filter down = Filter.of(picture.height(), height);
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        float[] row = new float[picture.width() * channels];
        for (int y = 0; y < height; y++) {
            sumRows(picture, down, y, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    pixels[(y * width + x) * channels + c] = across.sum(row, x, c, channels);
                }
            }
        }
        return new Picture(width, height, channels, pixels);
    }

    private static void sumRows(Picture picture, Filter down, int y, float[] row) {
        Arrays.fill(row, 0);
        float[] weights = down.weights[y];
        for (int i = 0; i < weights.length; i++) {
            int from = (down.first[y] + i) * row.length;
            float weight = weights[i];
            for (int at = 0; at < row.length; at++) {
                row[at] += weight * (picture.pixels()[from + at] & 0xFF);
            }
        }
    }

    /** The weights of old samples for each new one. */
    private record Filter(int[] first, float[][] weights) {

        static Filter of(int from, int to) {
            int[] first = new int[to];
            float[][] weights = new float[to][];
            double scale = (double) from / to;
            double support = Math.max(1, scale);
            for (int t = 0; t < to; t++) {
                double centre = (t + 0.5) * scale;
                first[t] = Math.max(0, (int) Math.floor(centre - support));
                int last = Math.min(from - 1, (int) Math.ceil(centre + support));
                weights[t] = weights(first[t], last, centre, support);
            }
            return new Filter(first, weights);
        }

        private static float[] weights(int first, int last, double centre, double support) {
            float[] weights = new float[last - first + 1];
            double sum = 0;
            for (int s = first; s <= last; s++) {
                weights[s - first] = (float) Math.max(0, 1 - Math.abs(s + 0.5 - centre) / support);
                sum += weights[s - first];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= (float) sum;
            }
            return weights;
        }

        byte sum(float[] row, int x, int channel, int channels) {
            float sum = 0;
            float[] own = weights[x];
            int at = first[x] * channels + channel;
            for (float weight : own) {
                sum += weight * row[at];
                at += channels;
            }
            return (byte) Math.clamp(Math.round(sum), 0, 255);
        }
    }
}
