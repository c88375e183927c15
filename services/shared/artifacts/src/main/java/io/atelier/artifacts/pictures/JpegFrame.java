package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;

/**
 * A JPEG's frame header.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1, 3 or 4
 */
record JpegFrame(int width, int height, int components) {

    static boolean begins(int code) {
        return code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
    }

    /** Reads the segment's data; throws {@link NotPixels} unless it is of a kind that the JDK's coder reads. */
    static JpegFrame read(int code, ByteBuffer data) throws NotPixels {
        if (data.remaining() < 6) {
            throw new NotPixels("the JPEG does not have one frame");
        }
        switch (code) {
            case 0xC0, 0xC1, 0xC2 -> {}
            case 0xC3 -> throw new NotPixels("the JPEG is lossless, which is not read here");
            case 0xC5, 0xC6, 0xC7 -> throw new NotPixels("the JPEG is hierarchical, which is not read here");
            default -> throw new NotPixels("the JPEG is arithmetic-coded, which is not read here");
        }
        int depth = data.get();
        int height = data.getShort() & 0xFFFF;
        int width = data.getShort() & 0xFFFF;
        int components = data.get() & 0xFF;
        if (depth != 8) {
            throw new NotPixels("the JPEG has " + depth + " bits a sample, and only 8 are read here");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new NotPixels("the JPEG has " + components + " components");
        }
        if (data.remaining() != components * 3) {
            throw new NotPixels("the JPEG is damaged");
        }
        return new JpegFrame(width, height, components);
    }
}
