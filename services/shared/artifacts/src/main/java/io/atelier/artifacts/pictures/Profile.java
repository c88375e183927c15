package io.atelier.artifacts.pictures;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * ICC profiles that came with a picture.
 *
 * <p>The JDK's colour engine sees only well-formed ones of the picture's own colours, and of their tags only matrices,
 * curves and tables: the programs of processing elements that a profile may also carry have no bound on their work.
 *
 * @see <a href="https://www.color.org/specification/ICC.1-2022-05.pdf">ICC.1:2022</a>
 */
final class Profile {
    /** The longest profile that is looked at; printers' largest are about 3 MiB. */
    static final int MAX_BYTES = 4 << 20;

    private static final int HEADER = 128;
    private static final int ENTRY = 12;
    private static final int MAX_TAGS = 100;
    private static final Set<String> CLASSES = Set.of("scnr", "mntr", "prtr", "spac");
    private static final Set<String> TAGS = Set.of(
            "A2B0", "A2B1", "A2B2", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "wtpt", "bkpt", "chad",
            "desc", "cprt");

    private Profile() {}

    /**
     * Reads a profile; empty where it is broken, too long, or of other colours.
     *
     * @param colours {@code RGB }, {@code GRAY} or {@code CMYK}
     */
    static Optional<ICC_Profile> read(byte[] bytes, String colours) {
        if (bytes.length < HEADER + 4 || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.getInt(0);
        int version = bytes[8];
        String connection = word(bytes, 20);
        boolean fits = length >= HEADER + 4
                && length <= bytes.length
                && (version == 2 || version == 4)
                && CLASSES.contains(word(bytes, 12))
                && word(bytes, 16).equals(colours)
                && (connection.equals("XYZ ") || connection.equals("Lab "))
                && word(bytes, 36).equals("acsp");
        if (!fits) {
            return Optional.empty();
        }
        byte[] own = Arrays.copyOf(bytes, length);
        if (!hideOtherTags(own)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ICC_Profile.getInstance(own));
        } catch (RuntimeException e) { // the engine tells broken profiles by several
            return Optional.empty();
        }
    }

    /** Renames the tags that are not to be looked at; false where the table of tags is broken. */
    private static boolean hideOtherTags(byte[] profile) {
        ByteBuffer table = ByteBuffer.wrap(profile);
        int count = table.getInt(HEADER);
        if (count < 1 || count > MAX_TAGS || HEADER + 4 + count * ENTRY > profile.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = HEADER + 4 + i * ENTRY;
            long offset = Integer.toUnsignedLong(table.getInt(at + 4));
            long size = Integer.toUnsignedLong(table.getInt(at + 8));
            if (offset + size > profile.length) {
                return false;
            }
            if (!TAGS.contains(word(profile, at))
                    || size >= 4 && word(profile, (int) offset).equals("mpet")) {
                table.putInt(at, i + 1);
            }
        }
        return true;
    }

    private static String word(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}
