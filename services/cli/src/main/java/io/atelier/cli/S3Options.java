package io.atelier.cli;

import io.atelier.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the object store is reached that {@code s3://bucket/prefix} means. */
public final class S3Options {
    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "The object store's address, buckets in its paths (default: Amazon S3).")
    private @Nullable URI endpoint;

    @Option(names = "--s3-region", paramLabel = "NAME", description = "The object store's region (default: us-east-1).")
    private String region = S3Settings.DEFAULT_REGION;

    @Option(
            names = "--s3-credentials",
            paramLabel = "FILE",
            description =
                    "Its credentials, in the form of an AWS credentials file (default: as the AWS SDK finds them).")
    private @Nullable Path credentials;

    public S3Settings settings() {
        return new S3Settings(
                Optional.ofNullable(endpoint), region, endpoint != null, Optional.ofNullable(credentials));
    }

    /** The same for the training program. */
    public List<String> arguments() {
        List<String> line = new ArrayList<>();
        if (!region.equals(S3Settings.DEFAULT_REGION)) {
            line.addAll(List.of("--s3-region", region));
        }
        if (endpoint != null) {
            line.addAll(List.of("--s3-endpoint", endpoint.toString(), "--s3-path-style"));
        }
        if (credentials != null) {
            line.addAll(List.of(
                    "--s3-credentials", credentials.toAbsolutePath().normalize().toString()));
        }
        return line;
    }
}
