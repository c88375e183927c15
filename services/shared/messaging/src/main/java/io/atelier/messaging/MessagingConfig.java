package io.atelier.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Delivery on Kafka. */
@ConfigMapping(prefix = "atelier.messaging")
public interface MessagingConfig {

    /** The service's kind: image, audio, text or training. Names its topics and groups. */
    String kind();

    /** How many requests from Kafka are in flight at once in this process. */
    @WithDefault("16")
    int maxInFlight();

    /** How long a request may be worked on, retries included, when its expirytime is not earlier. */
    @WithDefault("PT10M")
    Duration jobLimit();

    /** The first wait before a retry; doubles up to {@link #retryMaxDelay()}. */
    @WithDefault("PT0.2S")
    Duration retryDelay();

    /** The longest wait between two retries. */
    @WithDefault("PT15S")
    Duration retryMaxDelay();

    /** How often a request is tried that meets a fault of ours. */
    @WithDefault("3")
    int internalAttempts();

    /** The least time between two progress events of a request. */
    @WithDefault("PT1S")
    Duration progressInterval();

    /** How long a stopping process waits for its runs before it leaves their records to the next one. */
    @WithDefault("PT20S")
    Duration drainTimeout();
}
