package io.atelier.learn.data;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Chooses held-out pictures by name, so that variants of one drawing ({@code sword_2}, {@code sword_red}) fall on the
 * same side and the choice survives added files.
 *
 * @param suffix what is cut from the end of a file's name to get its stem
 * @param parts in how many parts the stems fall, by the MD5 of folder and stem
 * @param part the part that is held out, 0 to parts - 1
 */
public record HeldOut(Pattern suffix, int parts, int part) {
    /** One in ten, each name for itself. */
    public static final HeldOut TENTH = new HeldOut(Pattern.compile("(?!)"), 10, 7);

    public HeldOut {
        Objects.requireNonNull(suffix, "a held-out rule needs a suffix");
        if (parts < 2 || part < 0 || part >= parts) {
            throw Unusable.data(
                    "Part " + part + " of " + parts, "2 parts or more, part below it", "Correct the class set.");
        }
    }

    boolean holds(String name) {
        byte[] hash = md5().digest(stem(name).getBytes(StandardCharsets.UTF_8));
        return new BigInteger(1, hash).mod(BigInteger.valueOf(parts)).intValue() == part;
    }

    String stem(String name) {
        int dot = name.lastIndexOf('.');
        int slash = name.lastIndexOf('/');
        String bare = name.substring(slash + 1, dot > slash ? dot : name.length());
        return name.substring(0, Math.max(0, slash)) + "/"
                + suffix.matcher(bare).replaceFirst("");
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5"); // spreads names, guards nothing
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
