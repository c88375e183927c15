package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a service is run. */
@ConfigMapping(prefix = "atelier")
public interface LocalConfig {
    /** Whether only this machine's user is served: foreign Host and Origin headers are rejected. */
    @WithDefault("false")
    boolean localMode();
}
