package io.atelier.learn;

import io.atelier.learn.stores.ObjectStores;
import io.atelier.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the object store is reached that {@code s3://bucket/prefix} means. */
final class S3Options {
    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "The address of the object store of s3:// places (default: Amazon S3 in the region).")
    private @Nullable URI endpoint;

    @Option(
            names = "--s3-region",
            paramLabel = "NAME",
            description = "The region requests are signed for (default: us-east-1).")
    private String region = S3Settings.DEFAULT_REGION;

    @Option(
            names = "--s3-path-style",
            description = "Buckets stand in the path and not in the host's name, as most stores but Amazon's want it.")
    private boolean pathStyle;

    @Option(
            names = "--s3-credentials",
            paramLabel = "FILE",
            description = {
                "Credentials in the form of an AWS credentials file, profile default",
                "(default: as the AWS SDK finds them)."
            })
    private @Nullable Path credentials;

    /** The caller closes it. */
    ObjectStores open() {
        return new ObjectStores(this::settings);
    }

    private S3Settings settings() {
        return new S3Settings(Optional.ofNullable(endpoint), region, pathStyle, Optional.ofNullable(credentials));
    }
}
