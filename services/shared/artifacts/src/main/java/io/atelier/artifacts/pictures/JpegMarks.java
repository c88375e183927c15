package io.atelier.artifacts.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JPEG's application segments say of its pixels; the first of each kind counts. */
final class JpegMarks {
    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] ADOBE = ascii("Adobe");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ICC = ascii("ICC_PROFILE\0");
    private static final int ADOBE_LENGTH = 12;
    private static final int JFIF_HEAD = 7;
    /** Density, and no thumbnail. */
    private static final byte[] JFIF_REST = {0, 0, 1, 0, 1, 0, 0};

    private boolean jfif;
    private @Nullable Integer adobe;
    private @Nullable Orientation orientation;
    private byte @Nullable [][] pieces;
    private boolean broken;

    /**
     * Takes one segment.
     *
     * @param file what it lies in
     * @param start where its marker is
     * @param end behind its contents
     * @param kept gets JFIF's and Adobe's, without a thumbnail
     */
    void read(byte[] file, int start, int end, ByteBuffer kept) {
        int from = start + 4;
        switch (file[start + 1] & 0xFF) {
            case 0xE0 -> {
                if (!jfif && begins(file, from, end, JFIF) && end - from >= JFIF_HEAD) {
                    jfif = true;
                    kept.putShort((short) 0xFFE0).putShort((short) 16).put(file, from, JFIF_HEAD);
                    kept.put(JFIF_REST);
                }
            }
            case 0xE1 -> {
                if (orientation == null && begins(file, from, end, EXIF)) {
                    orientation = Orientation.inExif(Arrays.copyOfRange(file, from + EXIF.length, end));
                }
            }
            case 0xE2 -> {
                if (begins(file, from, end, ICC)) {
                    piece(Arrays.copyOfRange(file, from + ICC.length, end));
                }
            }
            case 0xEE -> {
                if (adobe == null && begins(file, from, end, ADOBE) && end - from >= ADOBE_LENGTH) {
                    adobe = file[from + ADOBE_LENGTH - 1] & 0xFF;
                    kept.putShort((short) 0xFFEE).putShort((short) (ADOBE_LENGTH + 2));
                    kept.put(file, from, ADOBE_LENGTH);
                }
            }
            default -> {}
        }
    }

    Optional<Integer> adobe() {
        return Optional.ofNullable(adobe);
    }

    Orientation orientation() {
        return orientation == null ? Orientation.UPRIGHT : orientation;
    }

    /** The profile's pieces in their order; empty unless each came once. */
    Optional<byte[]> profile() {
        if (pieces == null || broken) {
            return Optional.empty();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            if (piece == null) {
                return Optional.empty();
            }
            all.writeBytes(piece);
        }
        return Optional.of(all.toByteArray());
    }

    /** Takes a piece of the profile behind its number and the count of all. */
    private void piece(byte[] data) {
        if (broken || data.length < 2) {
            broken = true;
            return;
        }
        int number = data[0] & 0xFF;
        int count = data[1] & 0xFF;
        if (pieces == null) {
            pieces = new byte[count][];
        }
        broken = count != pieces.length || number < 1 || number > count || pieces[number - 1] != null;
        if (!broken) {
            pieces[number - 1] = Arrays.copyOfRange(data, 2, data.length);
        }
    }

    private static boolean begins(byte[] file, int from, int end, byte[] with) {
        return end - from >= with.length && Arrays.equals(file, from, from + with.length, with, 0, with.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
