package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a picture is turned before it is shown, EXIF's tag 274.
 *
 * <p>Only the first directory's own entries are looked at and no offset but the first is followed, so a structure that
 * points at itself or outside costs nothing. What cannot be read, or is not 1 to 8, is upright.
 *
 * @param value 1 upright, 2 mirrored, 3 upside down, 4 upside down and mirrored, 5 to 8 with its sides swapped
 * @see <a href="https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E">Exif 3.0, 4.6.5</a>
 */
record Orientation(int value) {
    static final Orientation UPRIGHT = new Orientation(1);

    private static final int TAG = 0x112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** Reads a TIFF structure, as JPEG's APP1 and PNG's eXIf hold one. */
    static Orientation inExif(byte[] tiff) {
        if (tiff.length < 8) {
            return UPRIGHT;
        }
        ByteBuffer in = ByteBuffer.wrap(tiff);
        int mark = in.getShort(0);
        if (mark != 0x4949 && mark != 0x4D4D) {
            return UPRIGHT;
        }
        in.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(in.getInt(4));
        if (in.getShort(2) != 42 || directory + 2 > tiff.length) {
            return UPRIGHT;
        }
        int at = (int) directory + 2;
        int entries = Math.min(in.getShort(at - 2) & 0xFFFF, (tiff.length - at) / ENTRY);
        for (int i = 0; i < entries; i++, at += ENTRY) {
            if ((in.getShort(at) & 0xFFFF) == TAG) {
                boolean one = in.getShort(at + 2) == SHORT && in.getInt(at + 4) == 1;
                int value = in.getShort(at + 8) & 0xFFFF;
                return one && value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    boolean swapsSides() {
        return value > 4;
    }

    /** Where a pixel of a picture of {@code width} by {@code height}, as stored, is shown: its number in rows. */
    int place(int x, int y, int width, int height) {
        int right = width - 1 - x;
        int up = height - 1 - y;
        return switch (value) {
            case 2 -> y * width + right;
            case 3 -> up * width + right;
            case 4 -> up * width + x;
            case 5 -> x * height + y;
            case 6 -> x * height + up;
            case 7 -> right * height + up;
            case 8 -> right * height + y;
            default -> y * width + x;
        };
    }
}
