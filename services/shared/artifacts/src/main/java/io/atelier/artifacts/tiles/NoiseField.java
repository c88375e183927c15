package io.atelier.artifacts.tiles;

import io.atelier.kernel.Seeds;

/**
 * Gaussian numbers that lie under a picture as its pixels do: each depends on the seed, its channel and its place alone,
 * and a part's are that part of the whole's.
 */
public final class NoiseField {
    private final int channels;
    private final int width;
    private final int height;
    private final float[] values;

    /** @param width in numbers */
    public NoiseField(long seed, int channels, int width, int height) {
        this.channels = channels;
        this.width = width;
        this.height = height;
        values = new float[Math.multiplyExact(Math.multiplyExact(channels, height), width)];
        for (int c = 0; c < channels; c++) {
            long channel = Seeds.derive(seed, c);
            for (int y = 0; y < height; y++) {
                float[] row = Seeds.gaussians(Seeds.derive(channel, y), width);
                System.arraycopy(row, 0, values, (c * height + y) * width, width);
            }
        }
    }

    /** The numbers of a rectangle, (channels, height, width), mirrored outside of the field. */
    public float[] part(int x, int y, int partWidth, int partHeight) {
        float[] part = new float[channels * partHeight * partWidth];
        int to = 0;
        for (int c = 0; c < channels; c++) {
            for (int row = 0; row < partHeight; row++) {
                int from = (c * height + Mirror.at(y + row, height)) * width;
                for (int column = 0; column < partWidth; column++) {
                    part[to++] = values[from + Mirror.at(x + column, width)];
                }
            }
        }
        return part;
    }
}
