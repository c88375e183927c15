package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The segments of a JPEG that its pixels need. Profiles, EXIF and comments are left out before the decoder sees the file;
 * of the application segments it needs JFIF's and Adobe's, which tell how colours are coded.
 *
 * @param width from the frame header
 * @param height from the frame header
 * @param file the JPEG without its other segments
 */
record JpegSegments(long width, long height, byte[] file) {
    /** A progressive picture has about ten; each costs a pass over all pixels, so thousands of them are an attack. */
    private static final int MAX_SCANS = 64;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    static boolean claims(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) SOI && bytes[2] == (byte) 0xFF;
    }

    /** Walks the segments; throws {@link NotPixels} unless they are whole, with one frame, up to the end marker. */
    static JpegSegments read(byte[] bytes) throws NotPixels {
        ByteBuffer out = ByteBuffer.allocate(bytes.length).put(bytes, 0, 2);
        long width = 0;
        long height = 0;
        int scans = 0;
        int at = 2;
        while (true) {
            int start = marker(bytes, at);
            int code = bytes[start + 1] & 0xFF;
            if (code == EOI) {
                if (scans == 0) {
                    throw new NotPixels("the JPEG has no pixels");
                }
                out.put(bytes, start, 2);
                return new JpegSegments(width, height, Arrays.copyOf(out.array(), out.position()));
            }
            at = end(bytes, start);
            if (isFrame(code)) {
                if (width != 0 || at - start < 9) {
                    throw new NotPixels("the JPEG does not have one frame");
                }
                height = ByteBuffer.wrap(bytes).getShort(start + 5) & 0xFFFF;
                width = ByteBuffer.wrap(bytes).getShort(start + 7) & 0xFFFF;
            }
            if (code == SOS) {
                if (++scans > MAX_SCANS) {
                    throw new NotPixels("the JPEG has more than " + MAX_SCANS + " scans");
                }
                at = afterScan(bytes, at);
            }
            if (isKept(code)) {
                out.put(bytes, start, at - start);
            }
        }
    }

    private static boolean isFrame(int code) {
        return code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
    }

    private static boolean isKept(int code) {
        return code == APP0 || code == APP14 || (code < APP0 || code > APP15) && code != COM;
    }

    /** Where the next marker begins; fill bytes before it are allowed. */
    private static int marker(byte[] bytes, int at) throws NotPixels {
        int i = at;
        while (i + 1 < bytes.length && bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xFF) {
            i++;
        }
        if (i + 1 >= bytes.length) {
            throw new NotPixels("the JPEG is cut off");
        }
        if (bytes[i] != (byte) 0xFF || bytes[i + 1] == 0) {
            throw new NotPixels("the JPEG is damaged");
        }
        return i;
    }

    private static int end(byte[] bytes, int start) throws NotPixels {
        if (start + 4 > bytes.length) {
            throw new NotPixels("the JPEG is cut off");
        }
        int length = ByteBuffer.wrap(bytes).getShort(start + 2) & 0xFFFF;
        if (length < 2 || start + 2 + length > bytes.length) {
            throw new NotPixels("the JPEG is cut off");
        }
        return start + 2 + length;
    }

    /** Where coded pixels end: at a marker that is neither a stuffed zero nor a restart. */
    private static int afterScan(byte[] bytes, int from) throws NotPixels {
        for (int i = from; i + 1 < bytes.length; i++) {
            int next = bytes[i + 1] & 0xFF;
            if (bytes[i] == (byte) 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                return i;
            }
        }
        throw new NotPixels("the JPEG is cut off");
    }
}
