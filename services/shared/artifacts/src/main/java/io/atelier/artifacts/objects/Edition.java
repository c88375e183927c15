package io.atelier.artifacts.objects;

import io.atelier.kernel.Digest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An artifact as it was put on a day.
 *
 * @param id the artifact
 * @param bytes the day its bytes were put
 * @param put the day of this put; the same, or later when the bytes were known
 */
record Edition(Digest id, LocalDate bytes, LocalDate put) {
    static final String ARTIFACTS = "artifacts/";
    /** The newest put first to be believed; of one day's, that with the newest bytes. */
    static final Comparator<Edition> BY_AGE = Comparator.comparing(Edition::put).thenComparing(Edition::bytes);

    private static final Pattern BYTES = Pattern.compile(ARTIFACTS + "([0-9a-f]{64})/(\\d{8})");
    private static final Pattern SIDECAR = Pattern.compile(BYTES + "\\.(\\d{8})\\.json");

    static String prefix(Digest id) {
        return ARTIFACTS + id + "/";
    }

    String bytesKey() {
        return prefix(id) + day(bytes);
    }

    String sidecarKey() {
        return bytesKey() + "." + day(put) + ".json";
    }

    /** The edition a sidecar's key tells; nothing for another key. */
    static Optional<Edition> ofSidecar(String key) {
        Matcher form = SIDECAR.matcher(key);
        return form.matches()
                ? Optional.of(new Edition(new Digest(form.group(1)), day(form.group(2)), day(form.group(3))))
                : Optional.empty();
    }

    /** Bytes that lie under a key, as an edition of their own day; nothing for another key. */
    static Optional<Edition> ofBytes(String key) {
        Matcher form = BYTES.matcher(key);
        return form.matches()
                ? Optional.of(new Edition(new Digest(form.group(1)), day(form.group(2)), day(form.group(2))))
                : Optional.empty();
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String day(LocalDate day) {
        return day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
