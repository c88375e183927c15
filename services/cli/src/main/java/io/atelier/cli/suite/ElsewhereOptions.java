package io.atelier.cli.suite;

import io.atelier.local.Elsewhere;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the suite uses by its address in the place of its own. */
final class ElsewhereOptions {
    @Option(
            names = "--models",
            paramLabel = "URL",
            description = "The model repository: a folder or s3://bucket/prefix (default: in the state folder, with the"
                    + " starter models).")
    private @Nullable String models;

    @Option(
            names = "--artifacts",
            paramLabel = "URL",
            description =
                    "The store of works and outcomes: a folder or s3://bucket/prefix (default: in the state folder).")
    private @Nullable String artifacts;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "A broker that runs already (default: one of the suite's own). Topics it lacks are made there.")
    private @Nullable String kafka;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "A PostgreSQL that runs already, jdbc:postgresql://HOST:PORT/NAME?user=NAME, its password in"
                    + " .pgpass (default: one of the suite's own).")
    private @Nullable String database;

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "The object store's address, buckets in its paths (default: Amazon S3).")
    private @Nullable URI endpoint;

    @Option(names = "--s3-region", paramLabel = "NAME", description = "The object store's region (default: us-east-1).")
    private String region = Elsewhere.DEFAULT_REGION;

    @Option(
            names = "--s3-credentials",
            paramLabel = "FILE",
            description =
                    "Its credentials, in the form of an AWS credentials file (default: as the AWS SDK finds them).")
    private @Nullable Path credentials;

    Elsewhere chosen() {
        return new Elsewhere(
                Optional.ofNullable(models),
                Optional.ofNullable(artifacts),
                Optional.ofNullable(kafka),
                Optional.ofNullable(database),
                Optional.ofNullable(endpoint),
                region,
                Optional.ofNullable(credentials));
    }
}
