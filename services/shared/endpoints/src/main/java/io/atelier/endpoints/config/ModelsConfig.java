package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the models are. */
@ConfigMapping(prefix = "atelier.models")
public interface ModelsConfig {
    /** The folder with the model packages. */
    @WithDefault(".atelier/models")
    Path repository();

    /** How often the repository is looked at for new versions; 100 ms to 1 h. */
    @WithDefault("2s")
    Duration pollInterval();
}
