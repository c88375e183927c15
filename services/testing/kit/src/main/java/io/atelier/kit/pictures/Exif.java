package io.atelier.kit.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What stands beside a picture's pixels: EXIF's structure, and the JPEG segments of EXIF and profiles. */
public final class Exif {
    private static final int ORIENTATION = 0x112;
    private static final int SHORT = 3;

    private Exif() {}

    /** A TIFF structure that holds an orientation alone. */
    public static byte[] orientation(int value, boolean little) {
        return directory(little, 1, SHORT, 1, value, 0);
    }

    /** A TIFF structure of one directory that may lie: how many entries, the orientation's type and count, the next one. */
    static byte[] directory(boolean little, int entries, int type, int count, int value, int next) {
        ByteBuffer out = ByteBuffer.allocate(26).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        out.putShort((short) (little ? 0x4949 : 0x4D4D)).putShort((short) 42).putInt(8);
        out.putShort((short) entries);
        out.putShort((short) ORIENTATION).putShort((short) type).putInt(count);
        out.putShort((short) value).putShort((short) 0);
        out.putInt(next);
        return out.array();
    }

    /** An APP1. */
    public static byte[] segment(byte[] tiff) {
        return JpegFile.segment(0xE1, join("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1), tiff));
    }

    /** An APP2 that holds a whole profile. */
    public static byte[] profile(byte[] icc) {
        return piece(1, 1, icc);
    }

    /** APP2 segments that hold a profile together. */
    public static List<byte[]> profileInPieces(byte[] icc, int count) {
        List<byte[]> pieces = new ArrayList<>();
        int size = Math.ceilDiv(icc.length, count);
        for (int i = 0; i < count; i++) {
            pieces.add(piece(i + 1, count, Arrays.copyOfRange(icc, i * size, Math.min(icc.length, (i + 1) * size))));
        }
        return pieces;
    }

    static byte[] piece(int number, int count, byte[] part) {
        byte[] head = "ICC_PROFILE\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        head[12] = (byte) number;
        head[13] = (byte) count;
        return JpegFile.segment(0xE2, join(head, part));
    }

    static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }
}
