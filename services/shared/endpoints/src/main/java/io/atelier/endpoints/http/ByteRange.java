package io.atelier.endpoints.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request wants.
 *
 * @param start first byte, from 0
 * @param length how many bytes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">RFC 9110, range requests</a>
 */
record ByteRange(long start, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** What a Range header asks of a file. */
    sealed interface Wanted {
        /** No range, several, or none this server understands: the whole file is a right answer. */
        record Whole() implements Wanted {}

        record Part(ByteRange range) implements Wanted {}

        /** No byte of the file is in the range. */
        record Nothing() implements Wanted {}
    }

    static Wanted wanted(Optional<String> header, long size) {
        Matcher match = ONE.matcher(header.orElse(""));
        if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
            return new Wanted.Whole();
        }
        if (match.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(match.group(2)));
            return last == 0 ? new Wanted.Nothing() : new Wanted.Part(new ByteRange(size - last, last));
        }
        long start = Long.parseLong(match.group(1));
        long end = match.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        if (!match.group(2).isEmpty() && Long.parseLong(match.group(2)) < start) {
            return new Wanted.Whole();
        }
        return start >= size ? new Wanted.Nothing() : new Wanted.Part(new ByteRange(start, end - start + 1));
    }

    /** The Content-Range header of the part. */
    String contentRange(long size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
