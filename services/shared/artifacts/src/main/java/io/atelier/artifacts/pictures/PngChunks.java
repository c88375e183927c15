package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The chunks of a PNG that its pixels need. Everything else is left out before the decoder sees the file: the JDK's
 * reader inflates text chunks and profiles without a bound.
 *
 * @param width from IHDR
 * @param height from IHDR
 * @param file the PNG without its other chunks
 */
record PngChunks(long width, long height, byte[] file) {
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int OVERHEAD = 12;
    private static final int HEADER = 13;

    static boolean claims(byte[] bytes) {
        byte[] magic = PngEncoder.SIGNATURE;
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** Walks the chunks; throws {@link NotPixels} unless they are whole, from IHDR to IEND. */
    static PngChunks read(byte[] bytes) throws NotPixels {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(PngEncoder.SIGNATURE.length);
        ByteBuffer out = ByteBuffer.allocate(bytes.length).put(PngEncoder.SIGNATURE);
        long width = 0;
        long height = 0;
        boolean pixels = false;
        for (boolean first = true; ; first = false) {
            if (in.remaining() < OVERHEAD) {
                throw new NotPixels("the PNG is cut off");
            }
            int start = in.position();
            int length = in.getInt();
            byte[] name = new byte[4];
            in.get(name);
            String type = new String(name, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > in.remaining() - 4) {
                throw new NotPixels("the PNG is cut off");
            }
            if (first != type.equals("IHDR") || first && length != HEADER) {
                throw new NotPixels("the PNG does not begin with one header");
            }
            if (first) {
                width = Integer.toUnsignedLong(in.getInt(in.position()));
                height = Integer.toUnsignedLong(in.getInt(in.position() + 4));
            }
            pixels |= type.equals("IDAT");
            in.position(start + OVERHEAD + length);
            if (KEPT.contains(type)) {
                out.put(bytes, start, OVERHEAD + length);
            }
            if (type.equals("IEND")) {
                if (!pixels) {
                    throw new NotPixels("the PNG has no pixels");
                }
                return new PngChunks(width, height, Arrays.copyOf(out.array(), out.position()));
            }
        }
    }
}
