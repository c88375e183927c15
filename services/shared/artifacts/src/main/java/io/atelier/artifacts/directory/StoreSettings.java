package io.atelier.artifacts.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How a directory store keeps things.
 *
 * @param root the shared folder; made when absent
 * @param quotaBytes how many bytes of artifacts (without sidecars and outcomes) it may hold
 * @param outcomeRetention how long outcomes are kept; longer than request and cancellation topics keep records
 * @param artifactRetention how long an artifact is kept after its last put, beside being named by an outcome
 * @param mediaTypes the media types it accepts
 */
public record StoreSettings(
        Path root, long quotaBytes, Duration outcomeRetention, Duration artifactRetention, Set<String> mediaTypes) {
    public static final long DEFAULT_QUOTA_BYTES = 10L << 30;
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);
    /** What the services make and take. */
    public static final Set<String> DEFAULT_MEDIA_TYPES =
            Set.of("image/png", "image/jpeg", "audio/wav", "audio/midi", "application/json", "text/plain");

    public StoreSettings {
        if (quotaBytes < 0 || outcomeRetention.isNegative() || artifactRetention.isNegative()) {
            throw new IllegalArgumentException("quota and retention must not be negative");
        }
        mediaTypes = Set.copyOf(mediaTypes);
    }

    /** The defaults: 10 GiB, 7 days, the media types of the services. */
    public static StoreSettings of(Path root) {
        return new StoreSettings(root, DEFAULT_QUOTA_BYTES, DEFAULT_RETENTION, DEFAULT_RETENTION, DEFAULT_MEDIA_TYPES);
    }

    public StoreSettings withQuota(long bytes) {
        return new StoreSettings(root, bytes, outcomeRetention, artifactRetention, mediaTypes);
    }
}
