package io.atelier.endpoints.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where the models are. */
@ConfigMapping(prefix = "atelier.models")
public interface ModelsConfig {
    /** Where the model packages are: a folder, or `s3://bucket/prefix`. */
    @WithDefault(".atelier/models")
    String repository();

    /** The folder in which packages from an object store are kept on this machine; processes may share it. */
    @WithDefault(".atelier/model-cache")
    Path cache();

    /** How many bytes it may take; what was opened within the last hour may go beyond; at least 1 MiB. */
    @WithDefault("10G")
    MemorySize cacheQuota();

    /** How often the repository is looked at for new versions; 100 ms to 1 h. */
    @WithDefault("2s")
    Duration pollInterval();
}
