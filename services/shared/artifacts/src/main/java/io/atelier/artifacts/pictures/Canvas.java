package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;

/** A picture while its pixels are put where its orientation shows them. */
final class Canvas {
    private final int width;
    private final int height;
    private final int channels;
    private final Orientation orientation;
    private final byte[] pixels;

    /** An empty one; width and height are the file's, before turning. */
    Canvas(int width, int height, int channels, Orientation orientation) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.orientation = orientation;
        this.pixels = new byte[width * height * channels];
    }

    /**
     * Puts pixels of a row.
     *
     * @param from (count, channels), from pixel {@code first} on
     * @param x where the first stands in the file's row
     * @param every how far the next is from it, in pixels
     */
    void put(byte[] from, int first, int count, int x, int every, int y) {
        int at = orientation.place(x, y, width, height) * channels;
        int step = count == 1 ? 0 : orientation.place(x + every, y, width, height) * channels - at;
        for (int i = first * channels; i < (first + count) * channels; i += channels, at += step) {
            for (int c = 0; c < channels; c++) {
                pixels[at + c] = from[i + c];
            }
        }
    }

    Picture picture() {
        boolean swapped = orientation.swapsSides();
        return new Picture(swapped ? height : width, swapped ? width : height, channels, pixels);
    }
}
