package io.atelier.endpoints.artifacts;

import java.time.Duration;

/**
 * What an upload may take.
 *
 * @param maxBytes the largest artifact a client may put
 * @param stall how long a client may keep still, putting or reading
 */
public record UploadLimits(long maxBytes, Duration stall) {}
