package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The segments of a JPEG that its pixels need. Profiles, EXIF and comments are left out before the decoder sees the file;
 * of the application segments it needs JFIF's and Adobe's, which tell how colours are coded.
 *
 * @param width from the frame header
 * @param height from the frame header
 * @param components 1 grey, 3 colours, 4 inks
 * @param adobe how colours are coded; empty where no Adobe segment says it
 * @param orientation from EXIF
 * @param profile the ICC profile; empty where there is none, or not all of it
 * @param file the JPEG without its other segments
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81</a>
 */
record JpegSegments(
        long width,
        long height,
        int components,
        Optional<Integer> adobe,
        Orientation orientation,
        Optional<byte[]> profile,
        byte[] file) {
    /** A progressive picture has about ten; each costs a pass over all pixels, so thousands of them are an attack. */
    private static final int MAX_SCANS = 64;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP15 = 0xEF;
    private static final int DHP = 0xDE;
    private static final int EXP = 0xDF;
    private static final int COM = 0xFE;

    static boolean claims(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) SOI && bytes[2] == (byte) 0xFF;
    }

    /** Walks the segments; throws {@link NotPixels} unless they are whole, with one frame, up to the end marker. */
    static JpegSegments read(byte[] bytes) throws NotPixels {
        ByteBuffer out = ByteBuffer.allocate(bytes.length).put(bytes, 0, 2);
        JpegFrame frame = null;
        JpegMarks marks = new JpegMarks();
        int scans = 0;
        int at = 2;
        while (true) {
            int start = marker(bytes, at);
            int code = bytes[start + 1] & 0xFF;
            if (code == EOI) {
                if (frame == null || scans == 0) {
                    throw new NotPixels("the JPEG has no pixels");
                }
                out.put(bytes, start, 2);
                byte[] file = Arrays.copyOf(out.array(), out.position());
                return new JpegSegments(
                        frame.width(),
                        frame.height(),
                        frame.components(),
                        marks.adobe(),
                        marks.orientation(),
                        marks.profile(),
                        file);
            }
            at = end(bytes, start);
            if (JpegFrame.begins(code)) {
                if (frame != null) {
                    throw new NotPixels("the JPEG does not have one frame");
                }
                frame = JpegFrame.read(code, ByteBuffer.wrap(bytes, start + 4, at - start - 4));
            }
            if (code == DHP || code == EXP) {
                throw new NotPixels("the JPEG is hierarchical, which is not read here");
            }
            if (code == SOS) {
                if (frame == null || ++scans > MAX_SCANS) {
                    throw new NotPixels(
                            frame == null
                                    ? "the JPEG does not have one frame"
                                    : "the JPEG has more than " + MAX_SCANS + " scans");
                }
                at = afterScan(bytes, at);
            }
            if (code >= APP0 && code <= APP15) {
                marks.read(bytes, start, at, out);
            } else if (code != COM) {
                out.put(bytes, start, at - start);
            }
        }
    }

    /** Throws {@link NotPixels} where the coded pixels cannot be as many as the frame says: a block of 8x8 takes a bit. */
    void requireEnough() throws NotPixels {
        if (width * height / 64 > file.length * 8L) {
            throw new NotPixels("the JPEG's pixels are fewer than its header says");
        }
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
        int length = (bytes[start + 2] & 0xFF) << 8 | bytes[start + 3] & 0xFF;
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
