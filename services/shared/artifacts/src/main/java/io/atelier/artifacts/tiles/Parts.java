package io.atelier.artifacts.tiles;

import io.atelier.artifacts.Picture;

/** Rectangles of pictures. */
public final class Parts {
    private Parts() {}

    /** A rectangle, of which any part may lie outside of the picture, where it is mirrored. */
    public static Picture of(Picture picture, int x, int y, int width, int height) {
        return of(picture, picture.width(), picture.height(), x, y, width, height);
    }

    /**
     * A rectangle of a picture that was made larger by mirroring it to the right and downwards, and is mirrored again outside
     * of that.
     *
     * @param wide width of the larger picture
     * @param high height of the larger picture
     * @param x the rectangle's left edge, from the picture's
     * @param y the rectangle's upper edge, from the picture's
     */
    public static Picture of(Picture picture, int wide, int high, int x, int y, int width, int height) {
        if (x == 0 && y == 0 && width == picture.width() && height == picture.height()) {
            return picture;
        }
        int channels = picture.channels();
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        int before = Math.clamp(-(long) x, 0, width); // columns left of the picture
        int inside = Math.clamp((long) picture.width() - x, before, width); // and up to its right edge
        int[] columns = new int[width];
        for (int column = 0; column < width; column++) {
            columns[column] = Mirror.at(Mirror.at(x + column, wide), picture.width());
        }
        for (int row = 0; row < height; row++) {
            int from = Mirror.at(Mirror.at(y + row, high), picture.height()) * picture.width();
            int to = row * width;
            if (inside > before) {
                int begin = (from + x + before) * channels;
                System.arraycopy(
                        picture.pixels(), begin, pixels, (to + before) * channels, (inside - before) * channels);
            }
            for (int column = 0; column < before; column++) {
                copy(picture, from + columns[column], pixels, to + column);
            }
            for (int column = inside; column < width; column++) {
                copy(picture, from + columns[column], pixels, to + column);
            }
        }
        return new Picture(width, height, channels, pixels);
    }

    private static void copy(Picture picture, int from, byte[] pixels, int to) {
        for (int c = 0; c < picture.channels(); c++) {
            pixels[to * picture.channels() + c] = picture.pixels()[from * picture.channels() + c];
        }
    }
}
