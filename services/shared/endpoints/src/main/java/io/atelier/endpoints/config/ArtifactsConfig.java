package io.atelier.endpoints.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where works and outcomes are kept. All services of an installation share one store. */
@ConfigMapping(prefix = "atelier.artifacts")
public interface ArtifactsConfig {
    /** Where the store is: a folder, or `s3://bucket/prefix`. */
    @WithDefault(".atelier/artifacts")
    String directory();

    /** The folder in which uploads to an object store wait until they are whole. */
    @WithDefault(".atelier/uploads")
    Path uploads();

    /** The absolute http or https address under which this service's {@code /artifacts} is reached. */
    @WithDefault("http://127.0.0.1:${quarkus.http.port:8080}")
    String baseUrl();

    /** How long outcomes, and artifacts no outcome names, are kept; longer than the request topic's retention of 3 days. */
    @WithDefault("7d")
    Duration retention();

    /** How many bytes all artifacts together may take; at least 1 MiB. */
    @WithDefault("10G")
    MemorySize quota();

    /** The largest artifact a client may put; 64 KiB to the quota. */
    @WithDefault("64M")
    MemorySize maxUpload();
}
