package io.atelier.cli.suite;

import io.atelier.cli.S3Options;
import io.atelier.local.Elsewhere;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
            names = "--runs",
            paramLabel = "URL",
            description =
                    "An s3://bucket/prefix where trainings keep their runs too, so that a suite on another machine"
                            + " can go on with them (default: in the state folder alone).")
    private @Nullable String runs;

    @Mixin
    private final S3Options s3 = new S3Options();

    Elsewhere chosen() {
        return new Elsewhere(
                Optional.ofNullable(models),
                Optional.ofNullable(artifacts),
                Optional.ofNullable(kafka),
                Optional.ofNullable(database),
                Optional.ofNullable(runs),
                s3.settings());
    }
}
