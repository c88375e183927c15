package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the numbers of a PNG with a palette stand for; the samples of grey with fewer than 8 bits are taken for such
 * numbers too.
 *
 * @param entries (number, bands) of 8 bits
 * @param bands 1 grey, 2 grey with alpha, 3 RGB, 4 RGBA
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record PngPalette(int[] entries, int bands) {

    /** The palette; empty where samples are colours themselves. */
    static Optional<PngPalette> of(PngChunks png) {
        PngHeader header = png.header();
        Optional<ByteBuffer> transparent = png.chunk("tRNS");
        if (header.isPalette()) {
            return png.chunk("PLTE").map(colours -> colours(colours, transparent));
        }
        return header.colourType() == 0 && header.depth() < 8
                ? Optional.of(greys(1 << header.depth(), transparent))
                : Optional.empty();
    }

    private static PngPalette colours(ByteBuffer colours, Optional<ByteBuffer> transparent) {
        int size = colours.remaining() / 3;
        int bands = transparent.isPresent() ? 4 : 3;
        int[] entries = new int[size * bands];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                entries[i * bands + c] = colours.get() & 0xFF;
            }
            if (bands == 4) {
                ByteBuffer alpha = transparent.get();
                entries[i * 4 + 3] = i < alpha.limit() ? alpha.get(i) & 0xFF : 255;
            }
        }
        return new PngPalette(entries, bands);
    }

    private static PngPalette greys(int size, Optional<ByteBuffer> transparent) {
        int bands = transparent.isPresent() ? 2 : 1;
        int clear = transparent
                .filter(data -> data.limit() == 2)
                .map(data -> (int) data.getShort(0))
                .orElse(-1);
        int[] entries = new int[size * bands];
        for (int i = 0; i < size; i++) {
            entries[i * bands] = i * 255 / (size - 1);
            if (bands == 2) {
                entries[i * 2 + 1] = i == clear ? 0 : 255;
            }
        }
        return new PngPalette(entries, bands);
    }

    int size() {
        return entries.length / bands;
    }
}
