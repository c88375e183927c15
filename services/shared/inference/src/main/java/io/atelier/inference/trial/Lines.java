package io.atelier.inference.trial;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The words parent and child exchange: lines of fields with tabs between, none of which has control characters. */
final class Lines {
    /** How every line of the child's begins, so that what native code prints is not taken for its words. */
    static final String CHILD = "trial";

    static final String SHOT = "shot";
    static final String FEED = "feed";
    static final String GO = "go";
    static final String RAN = "ran";
    static final String FAILED = "failed";
    static final String SEEN = "seen";
    static final String STEADY = "steady";
    static final String REFUSED = "refused";
    static final String DONE = "done";

    private static final int LONGEST = 600;

    private Lines() {}

    static String line(Object... fields) {
        return Arrays.stream(fields).map(String::valueOf).collect(Collectors.joining("\t"));
    }

    static String shape(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static List<Long> shape(String text) {
        return Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
    }

    /** A text as one field, cut where it is long. */
    static String plain(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
