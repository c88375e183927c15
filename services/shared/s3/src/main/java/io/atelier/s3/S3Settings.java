package io.atelier.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a store is reached.
 *
 * @param endpoint its address; empty for Amazon's own in the region
 * @param region the region that requests are signed for
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param credentials a file in the form of an AWS credentials file, read again when it changes; empty for the SDK's
 *     default chain: system properties, environment, the file in the home folder, the container's and the machine's role
 */
public record S3Settings(Optional<URI> endpoint, String region, boolean pathStyle, Optional<Path> credentials) {}
