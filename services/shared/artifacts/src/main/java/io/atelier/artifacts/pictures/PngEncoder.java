package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Picture;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG: 8 bits a channel, each row with the filter whose absolute sum is least, XMP as iTXt.
 *
 * <p>Of its own, because ImageIO's writer takes five times as long for a small picture and has no way to write iTXt but
 * through its metadata trees.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition</a>
 */
final class PngEncoder {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** iTXt up to its text: keyword, then no compression, no language, no translated keyword. */
    private static final byte[] XMP_HEAD = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int FILTERS = 5;
    private static final int CHUNK_OVERHEAD = 12;

    private PngEncoder() {}

    static byte[] encode(Picture picture, String xmp) {
        byte[] text = xmp.getBytes(StandardCharsets.UTF_8);
        ByteBuffer pixels = compress(filter(picture));
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put((byte) 8)
                .put((byte) colourType(picture.channels()))
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) 0)
                .flip();
        ByteBuffer itxt = ByteBuffer.allocate(XMP_HEAD.length + text.length)
                .put(XMP_HEAD)
                .put(text)
                .flip();
        ByteBuffer out = ByteBuffer.allocate(
                SIGNATURE.length + 4 * CHUNK_OVERHEAD + header.remaining() + itxt.remaining() + pixels.remaining());
        out.put(SIGNATURE);
        chunk(out, "IHDR", header);
        chunk(out, "iTXt", itxt);
        chunk(out, "IDAT", pixels);
        chunk(out, "IEND", ByteBuffer.allocate(0));
        return out.array();
    }

    private static int colourType(int channels) {
        return switch (channels) {
            case 1 -> 0;
            case 3 -> 2;
            default -> 6;
        };
    }

    static void chunk(ByteBuffer out, String type, ByteBuffer data) {
        CRC32 crc = new CRC32();
        out.putInt(data.remaining());
        int from = out.position();
        out.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        crc.update(out.array(), from, out.position() - from);
        out.putInt((int) crc.getValue());
    }

    private static ByteBuffer compress(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + bytes.length / 1000 + 64]; // more than deflate's worst case
            int n = deflater.deflate(out);
            if (!deflater.finished()) {
                throw new IllegalStateException("deflate exceeded its bound");
            }
            return ByteBuffer.wrap(out, 0, n);
        } finally {
            deflater.end();
        }
    }

    /** Rows with their filter's number before them, (height, 1 + width * channels). */
    private static byte[] filter(Picture picture) {
        int row = picture.width() * picture.channels();
        byte[] out = new byte[picture.height() * (row + 1)];
        byte[][] tried = new byte[FILTERS][row];
        byte[] above = new byte[row];
        byte[] here = new byte[row];
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.pixels(), y * row, here, 0, row);
            int best = filter(here, above, picture.channels(), tried);
            out[y * (row + 1)] = (byte) best;
            System.arraycopy(tried[best], 0, out, y * (row + 1) + 1, row);
            byte[] swap = above;
            above = here;
            here = swap;
        }
        return out;
    }

    /** Filters a row in all five ways; returns the one of least absolute sum. */
    private static int filter(byte[] here, byte[] above, int step, byte[][] tried) {
        int[] sums = new int[FILTERS];
        for (int i = 0; i < here.length; i++) {
            int x = here[i] & 0xFF;
            int left = i >= step ? here[i - step] & 0xFF : 0;
            int up = above[i] & 0xFF;
            int corner = i >= step ? above[i - step] & 0xFF : 0;
            sums[0] += cost(tried[0], i, x);
            sums[1] += cost(tried[1], i, x - left);
            sums[2] += cost(tried[2], i, x - up);
            sums[3] += cost(tried[3], i, x - (left + up) / 2);
            sums[4] += cost(tried[4], i, x - paeth(left, up, corner));
        }
        int best = 0;
        for (int f = 1; f < FILTERS; f++) {
            best = sums[f] < sums[best] ? f : best;
        }
        return best;
    }

    private static int cost(byte[] row, int i, int difference) {
        row[i] = (byte) difference;
        return Math.abs(row[i]);
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
