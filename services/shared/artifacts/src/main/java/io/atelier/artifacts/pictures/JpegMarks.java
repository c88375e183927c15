package io.atelier.artifacts.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JPEG's application segments say of its pixels; the first of each kind counts. */
final class JpegMarks {
    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] ADOBE = ascii("Adobe");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ICC = ascii("ICC_PROFILE\0");
    private static final int ADOBE_LENGTH = 12;

    private boolean jfif;
    private @Nullable Integer adobe;
    private @Nullable Orientation orientation;
    private byte @Nullable [][] pieces;
    private boolean broken;

    /**
     * Takes one segment.
     *
     * @param data its contents
     * @param kept gets JFIF's and Adobe's, without a thumbnail
     */
    void read(int code, ByteBuffer data, ByteBuffer kept) {
        switch (code) {
            case 0xE0 -> {
                if (!jfif && begins(data, JFIF) && data.remaining() >= 7) {
                    jfif = true;
                    kept.putShort((short) 0xFFE0).putShort((short) 16).put(data.array(), data.arrayOffset(), 7);
                    kept.put(new byte[] {0, 0, 1, 0, 1, 0, 0});
                }
            }
            case 0xE1 -> {
                if (orientation == null && begins(data, EXIF)) {
                    orientation = Orientation.inExif(rest(data, EXIF.length));
                }
            }
            case 0xE2 -> {
                if (begins(data, ICC)) {
                    piece(data);
                }
            }
            case 0xEE -> {
                if (adobe == null && begins(data, ADOBE) && data.remaining() >= ADOBE_LENGTH) {
                    adobe = data.get(ADOBE_LENGTH - 1) & 0xFF;
                    kept.putShort((short) 0xFFEE).putShort((short) (ADOBE_LENGTH + 2));
                    kept.put(data.array(), data.arrayOffset(), ADOBE_LENGTH);
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

    private void piece(ByteBuffer data) {
        if (data.remaining() < ICC.length + 2) {
            broken = true;
            return;
        }
        int number = data.get(ICC.length) & 0xFF;
        int count = data.get(ICC.length + 1) & 0xFF;
        if (pieces == null) {
            pieces = new byte[count][];
        }
        broken |= count != pieces.length || number < 1 || number > count || pieces[number - 1] != null;
        if (!broken) {
            pieces[number - 1] = rest(data, ICC.length + 2);
        }
    }

    private static boolean begins(ByteBuffer data, byte[] with) {
        return data.remaining() >= with.length && data.slice(0, with.length).equals(ByteBuffer.wrap(with));
    }

    private static byte[] rest(ByteBuffer data, int from) {
        byte[] bytes = new byte[data.remaining() - from];
        data.get(from, bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
