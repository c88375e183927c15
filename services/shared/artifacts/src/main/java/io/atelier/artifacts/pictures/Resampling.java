package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;

/** Changes a picture's size with a triangle filter, first across, then down. */
final class Resampling {
    private Resampling() {}

    /**
     * Resizes.
     *
     * @param light (height, width, channels) of {@code like}'s size
     */
    static float[] resize(float[] light, Picture like, int channels, int width, int height) {
        if (like.width() == width && like.height() == height) {
            return light;
        }
        float[] across = along(light, like.width(), width, like.height(), channels, true);
        return along(across, like.height(), height, width, channels, false);
    }

    /** Resizes one axis from {@code from} to {@code to} samples; the other has {@code lines}. */
    private static float[] along(float[] in, int from, int to, int lines, int channels, boolean across) {
        float[] out = new float[to * lines * channels];
        double scale = (double) from / to;
        double support = Math.max(1, scale);
        for (int t = 0; t < to; t++) {
            double centre = (t + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(centre - support));
            int last = Math.min(from - 1, (int) Math.ceil(centre + support));
            double[] weights = weights(first, last, centre, support);
            for (int line = 0; line < lines; line++) {
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    for (int s = first; s <= last; s++) {
                        int at = across ? line * from + s : s * lines + line;
                        sum += weights[s - first] * in[at * channels + c];
                    }
                    out[(across ? line * to + t : t * lines + line) * channels + c] = (float) sum;
                }
            }
        }
        return out;
    }

    private static double[] weights(int first, int last, double centre, double support) {
        double[] weights = new double[last - first + 1];
        double sum = 0;
        for (int s = first; s <= last; s++) {
            weights[s - first] = Math.max(0, 1 - Math.abs(s + 0.5 - centre) / support);
            sum += weights[s - first];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
