package io.atelier.cli.models;

import io.atelier.cli.CommandException;
import io.atelier.cli.Installation;
import io.atelier.cli.S3Options;
import io.atelier.cli.StateOption;
import io.atelier.kernel.ErrorCode;
import io.atelier.local.Starters;
import io.atelier.local.StateFolder;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.ObjectModelRepository;
import io.atelier.models.PackageCache;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Names the model repository. The starter models are published into the state folder's alone: a repository elsewhere is
 * somebody's.
 */
public final class RepositoryOption {
    private static final long CACHE_BYTES = 10L << 30;

    @Mixin
    private final StateOption state = new StateOption();

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = "The model repository: a folder or s3://bucket/prefix (default: in the state folder, with the"
                    + " starter models).")
    private @Nullable String repository;

    @Mixin
    private final S3Options s3 = new S3Options();

    StateFolder folder() {
        return state.folder();
    }

    /** The caller closes it. */
    OpenRepository open() {
        if (repository == null || !S3Location.isMeant(repository)) {
            Path folder = local(repository);
            return new OpenRepository(
                    new DirectoryModelRepository(folder, InstantSource.system()), folder + "/", Optional.empty());
        }
        S3Location location = S3Location.of("repository", repository);
        S3Connection connection = S3Connection.open(s3.settings().requireUsable());
        return new OpenRepository(
                new ObjectModelRepository(
                        connection.store(location, ErrorCode.REPOSITORY_UNAVAILABLE),
                        new PackageCache(state.folder().modelCache(), CACHE_BYTES, InstantSource.system())),
                location.toString(),
                Optional.of(connection));
    }

    /** The same for the training program. */
    public List<String> arguments() {
        String place = repository == null || !S3Location.isMeant(repository)
                ? local(repository).toString()
                : S3Location.of("repository", repository).toString();
        List<String> line = new ArrayList<>(List.of("--repository", place));
        line.addAll(s3.arguments());
        return line;
    }

    private Path local(@Nullable String given) {
        if (given == null) {
            Path own = state.folder().models();
            Starters.open(Installation.starters(), own);
            return own;
        }
        Path folder = Path.of(given).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw CommandException.failed("There is no folder " + folder + "; make it, or name another place.");
        }
        return folder;
    }
}
