package io.atelier.artifacts.objects;

import io.atelier.artifacts.stored.Refusals;
import io.atelier.kernel.objects.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How many bytes there are: the last sweep's count, and what this process put since. Thread-safe. */
final class Usage {
    private static final String KEY = "usage.json";
    private static final int MAX_BYTES = 64;
    private static final Duration STALE = Duration.ofSeconds(10);

    private final ObjectStore objects;
    private final long quotaBytes;
    private final InstantSource clock;
    private long counted;
    private long since;
    private long sinceAtCount;
    private Instant read = Instant.MIN;

    Usage(ObjectStore objects, long quotaBytes, InstantSource clock) {
        this.objects = objects;
        this.quotaBytes = quotaBytes;
        this.clock = clock;
    }

    synchronized long bytes() {
        return counted + since;
    }

    /** Counts new bytes in, or refuses them; looks once more at what others have counted before it refuses. */
    void add(long bytes) {
        if (!fits(bytes)) {
            refresh();
            if (!fits(bytes)) {
                throw Refusals.full(quotaBytes);
            }
        }
    }

    private synchronized boolean fits(long bytes) {
        if (counted + since + bytes > quotaBytes) {
            return false;
        }
        since += bytes;
        return true;
    }

    /** Reads the count of whoever swept last, unless that was done a moment ago. */
    void refresh() {
        Instant now = clock.instant();
        synchronized (this) {
            if (Duration.between(read, now).compareTo(STALE) < 0) {
                return;
            }
            read = now;
        }
        objects.read(KEY, MAX_BYTES)
                .map(stored -> new String(stored.bytes(), StandardCharsets.UTF_8).strip())
                .filter(text -> text.matches("\\d{1,18}"))
                .ifPresent(text -> told(Long.parseLong(text)));
    }

    /** Somebody counted, at a time unknown here: what this process put before the count before is surely in it. */
    private synchronized void told(long bytes) {
        if (bytes != counted) {
            counted = bytes;
            since -= sinceAtCount;
            sinceAtCount = since;
        }
    }

    /** What this process has put until now, to be given to {@link #counted}. */
    synchronized long mark() {
        return since;
    }

    /** Tells everybody what a sweep counted that began at the mark. */
    void counted(long bytes, long mark) {
        synchronized (this) {
            counted = bytes;
            since -= mark;
            sinceAtCount = since;
        }
        objects.put(KEY, Long.toString(bytes).getBytes(StandardCharsets.UTF_8));
    }
}
