package io.atelier.endpoints.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How object stores are reached, where a store's address is {@code s3://bucket/prefix}. Any store with conditional writes will do. */
@ConfigMapping(prefix = "atelier.s3")
public interface S3Config {
    /** The absolute http or https address of the object store. Default: Amazon S3 in the region. */
    Optional<URI> endpoint();

    /** The region requests are signed for. */
    @WithDefault("us-east-1")
    String region();

    /** Whether the bucket stands in the path and not in the host name, as most stores but Amazon's want it. */
    @WithDefault("false")
    boolean pathStyle();

    /** A file in the form of an AWS credentials file, profile `default`; read again when it changes. Default: the AWS SDK's chain of system properties, environment, home folder, container and machine role. */
    Optional<Path> credentialsFile();
}
