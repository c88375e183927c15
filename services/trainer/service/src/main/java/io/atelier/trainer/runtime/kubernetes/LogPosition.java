package io.atelier.trainer.runtime.kubernetes;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a log has been read, so that a new connection can go on. Logs are asked for by the second, so a new connection
 * repeats lines; those are told apart by their time and text. Lines of two streams may come a little out of order, which
 * is why a second more is repeated than would have to be.
 */
final class LogPosition {
    /** Beyond so many lines in two seconds repeated ones are told again, which does no harm. */
    private static final int REMEMBERED = 4096;

    private final Map<String, Instant> recent = new LinkedHashMap<>();
    private Instant latest = Instant.MIN;

    /** A line without its time; nothing when it has been read before or has none. */
    Optional<String> read(String stamped) {
        int blank = stamped.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        Instant time;
        try {
            time = Instant.parse(stamped.substring(0, blank));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        if (recent.putIfAbsent(stamped, time) != null) {
            return Optional.empty();
        }
        latest = time.isAfter(latest) ? time : latest;
        forget();
        return Optional.of(stamped.substring(blank + 1));
    }

    private void forget() {
        Instant from = from();
        var oldest = recent.entrySet().iterator();
        while (oldest.hasNext()) {
            boolean needed = !oldest.next().getValue().isBefore(from);
            if (needed && recent.size() <= REMEMBERED) {
                return;
            }
            oldest.remove();
        }
    }

    private Instant from() {
        return latest.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
    }

    /** From where on a new connection has to read; nothing before the first line. */
    Optional<Instant> since() {
        return latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(from());
    }
}
