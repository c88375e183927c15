package io.atelier.learn;

import io.atelier.kernel.objects.KeptFolder;
import io.atelier.learn.recipe.RecipeRun;
import io.atelier.learn.recipe.StoppedException;
import io.atelier.learn.stores.ObjectStores;
import io.atelier.learn.stores.Place;
import io.atelier.learn.train.KeptRun;
import io.atelier.learn.train.StopSignal;
import io.atelier.learn.train.TrainingEvents;
import io.atelier.s3.S3Location;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a training finds its data and its models, and where its run is kept. */
@SuppressWarnings("NullAway.Init") // picocli fills what is required
final class TrainPlaces {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PLACE",
            description = {
                "Folder or archive with the data, or s3://bucket/prefix of either,",
                "which is fetched into the run's folder."
            })
    private String data;

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "PLACE",
            description = "Where to publish the model: a folder or s3://bucket/prefix.")
    private String repository;

    @Option(
            names = "--models",
            paramLabel = "PLACE",
            description = {
                "Where init=MODEL and the version that gate.improves compares with are looked up",
                "(default: --repository)."
            })
    private @Nullable String models;

    @ArgGroup(exclusive = false)
    private @Nullable Keeping keeping;

    @Mixin
    private S3Options s3;

    /** Where the run outlives this machine. */
    static final class Keeping {
        @Option(
                names = "--kept",
                required = true,
                paramLabel = "URL",
                description = {
                    "Keep the run at s3://bucket/prefix too: each checkpoint and sample, and the end.",
                    "With --resume a run that is not in --out is fetched from there."
                })
        private String kept;

        @Option(
                names = "--from",
                paramLabel = "URL",
                description = "Where to fetch a run from that is neither in --out nor in --kept.")
        private @Nullable String from;
    }

    /** The caller closes it after the training. */
    ObjectStores open() {
        return s3.open();
    }

    Path data(ObjectStores stores, Path run, StopSignal stop) {
        return stores.data(Place.of("data", data), run.resolve("data"), () -> StoppedException.ifRequested(stop));
    }

    RecipeRun.Repositories repositories(ObjectStores stores, Path run) {
        Path cache = run.resolve("cache");
        Place target = Place.of("repository", repository);
        Place known = models == null ? target : Place.of("models", models);
        Place.of("data", data); // a wrong address is told before anything is read
        return new RecipeRun.Repositories(stores.models(target, cache), stores.models(known, cache));
    }

    /** Empty when the run lives on this machine alone. */
    Optional<KeptRun> kept(ObjectStores stores, Path run, TrainingEvents listeners, StopSignal stop) {
        return Optional.ofNullable(keeping)
                .map(chosen -> new KeptRun(
                        run,
                        stores.kept(S3Location.of("kept", chosen.kept)),
                        listeners,
                        stop,
                        InstantSource.system(),
                        () -> LockSupport.parkNanos(BETWEEN_TRIES.toNanos())));
    }

    /** Where a run is fetched from that is kept nowhere else. */
    Optional<KeptFolder> from(ObjectStores stores) {
        return Optional.ofNullable(keeping)
                .map(chosen -> chosen.from)
                .map(address -> stores.kept(S3Location.of("from", address)));
    }
}
