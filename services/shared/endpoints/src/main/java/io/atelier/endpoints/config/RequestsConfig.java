package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What requests may take. */
@ConfigMapping(prefix = "atelier.requests")
public interface RequestsConfig {
    /** How many gRPC calls run at once; beyond it they are refused with a delay; 1 to 10,000. */
    @WithDefault("64")
    int maxInFlight();

    /** How many streams may watch the models at once; 1 to 10,000. */
    @WithDefault("64")
    int maxWatches();

    /** What a refused caller is told to wait; 1 ms to 1 min. */
    @WithDefault("200ms")
    Duration retryDelay();

    /** How long one request may take, whatever deadline it brings; 1 s to 1 day. */
    @WithDefault("10m")
    Duration jobLimit();

    /** How long a client may keep still while it puts or reads a stream; 1 s to 1 h. */
    @WithDefault("30s")
    Duration stall();

    /** How long a stopping service lets its requests end; 0 s to 10 min. */
    @WithDefault("10s")
    Duration drain();
}
