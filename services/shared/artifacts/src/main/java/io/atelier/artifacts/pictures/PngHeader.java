package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;

/**
 * A PNG's IHDR.
 *
 * @param width as stored; nothing has bounded it yet
 * @param height as stored
 * @param depth bits of a sample
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA
 * @param interlaced by Adam7
 */
record PngHeader(long width, long height, int depth, int colourType, boolean interlaced) {
    static final int LENGTH = 13;

    /** Reads the chunk's data. */
    static PngHeader read(ByteBuffer data) throws NotPixels {
        long width = Integer.toUnsignedLong(data.getInt());
        long height = Integer.toUnsignedLong(data.getInt());
        int depth = data.get();
        int colourType = data.get();
        boolean known = switch (colourType) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known) {
            throw new NotPixels("no PNG has colour type " + colourType + " of " + depth + " bits");
        }
        int compression = data.get();
        int filter = data.get();
        int interlace = data.get();
        if (compression != 0 || filter != 0 || interlace != 0 && interlace != 1) {
            throw new NotPixels("the PNG is compressed, filtered or interlaced by no known method");
        }
        return new PngHeader(width, height, depth, colourType, interlace == 1);
    }

    boolean isPalette() {
        return colourType == 3;
    }

    boolean isGrey() {
        return colourType == 0 || colourType == 4;
    }

    int samplesPerPixel() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** The least bytes its pixels are before compression: whole rows of it, without filters' bytes and passes' ends. */
    long leastBytes() {
        return width * height * samplesPerPixel() * depth / 8;
    }
}
