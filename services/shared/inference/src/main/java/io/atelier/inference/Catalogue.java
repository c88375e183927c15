package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelRepository;
import io.atelier.models.ModelTask;
import io.atelier.models.Promotion;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a repository serves.
 *
 * <p>It loads what is promoted beside what serves, tries it, and swaps; the old version closes when its last run is done.
 * A version that does not match its manifest, cannot be loaded or fails its trial is told as BROKEN and not tried again
 * until its promotion changes, and what served serves on. Written by one thread, read by any.
 */
final class Catalogue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Catalogue.class.getName());
    /** Differs from every promotion, so that the next look tries again. */
    private static final Promotion NEVER_SEEN = new Promotion(0, false, 0, -1);

    private final ModelRepository repository;
    private final Set<ModelTask> tasks;
    private final Function<ModelPackage, LoadedModel> load;
    private final InstantSource clock;
    private final Map<ModelName, Served> served = new ConcurrentSkipListMap<>();
    private final List<Consumer<ModelStatus>> watchers = new CopyOnWriteArrayList<>();

    Catalogue(
            ModelRepository repository,
            Set<ModelTask> tasks,
            Function<ModelPackage, LoadedModel> load,
            InstantSource clock) {
        this.repository = repository;
        this.tasks = tasks;
        this.load = load;
        this.clock = clock;
    }

    @Nullable
    Served find(ModelName name) {
        return served.get(name);
    }

    List<ModelStatus> statuses() {
        return served.values().stream()
                .filter(Served::relevant)
                .map(Served::status)
                .toList();
    }

    Cancellation.Registration watch(Consumer<ModelStatus> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    /** The serving version when a reference means it, counted for the caller. */
    Optional<LoadedModel> serving(ModelRef ref) {
        while (true) {
            Served known = served.get(ref.name());
            if (known == null || known.serving().isEmpty()) {
                return Optional.empty();
            }
            LoadedModel model = known.serving().get();
            if (ref.version().isPresent()
                    && ref.version().getAsLong() != model.manifest().version()) {
                return Optional.empty();
            }
            if (model.retain()) {
                return Optional.of(model);
            }
            // swapped between the look and the count
        }
    }

    /** Looks at every model once and loads what is newly promoted; stops between two when told. */
    void look(BooleanSupplier stop) {
        List<ModelName> names = repository.names();
        for (ModelName name : names) {
            if (stop.getAsBoolean()) {
                return;
            }
            repository.promotion(name).ifPresent(promotion -> follow(name, promotion));
        }
        Set<ModelName> gone = new HashSet<>(served.keySet());
        names.forEach(gone::remove);
        for (ModelName name : gone) {
            Served old = served.remove(name);
            if (old != null) {
                old.serving().ifPresent(LoadedModel::release);
            }
        }
    }

    private void follow(ModelName name, Promotion promotion) {
        Served before = served.get(name);
        if (before != null && before.promotion().equals(promotion)) {
            return;
        }
        Optional<LoadedModel> serving = before == null ? Optional.empty() : before.serving();
        Served now = new Served(
                name,
                promotion,
                before == null || before.relevant(),
                serving,
                before == null ? Optional.empty() : before.loadedAt(),
                Optional.empty());
        try {
            ModelRef ref = new ModelRef(name, OptionalLong.of(promotion.version()));
            ModelManifest manifest = repository.manifest(ref);
            if (!tasks.contains(manifest.task())) {
                swap(new Served(name, promotion, false, Optional.empty(), Optional.empty(), Optional.empty()));
                return;
            }
            if (isServing(serving, manifest)) {
                swap(now); // promoted back to what serves, or only pinned
                return;
            }
            swap(now);
            LoadedModel loaded = load.apply(repository.open(ref)); // fetched only when it will serve
            swap(new Served(
                    name, promotion, true, Optional.of(loaded), Optional.of(clock.instant()), Optional.empty()));
            LOG.log(System.Logger.Level.INFO, "{0}@{1} serves", name, promotion.version());
        } catch (ProblemException e) {
            refuse(now, e, e.problem());
        } catch (RuntimeException e) {
            refuse(now, e, Loading.notReady("The model cannot be loaded now; try again."));
        }
    }

    private static boolean isServing(Optional<LoadedModel> serving, ModelManifest manifest) {
        return serving.isPresent()
                && serving.get().manifest().version() == manifest.version()
                && serving.get().manifest().digest().equals(manifest.digest());
    }

    private void refuse(Served now, RuntimeException e, Problem problem) {
        boolean again = problem.status().retried();
        if (again) {
            LOG.log(System.Logger.Level.WARNING, now.name() + " cannot be loaded now", e);
        } else {
            LOG.log(System.Logger.Level.WARNING, problem.message());
        }
        swap(new Served(
                now.name(),
                again ? NEVER_SEEN : now.promotion(),
                now.relevant(),
                now.serving(),
                now.loadedAt(),
                again ? Optional.empty() : Optional.of(problem.message())));
    }

    /** Makes a new state known; what served before and does no more is given back. */
    private void swap(Served now) {
        Served before = served.put(now.name(), now);
        if (before != null && before.serving().isPresent() && !before.serving().equals(now.serving())) {
            before.serving().get().release();
        }
        if (now.relevant() && (before == null || !before.status().equals(now.status()))) {
            watchers.forEach(watcher -> tell(watcher, now.status()));
        }
    }

    private static void tell(Consumer<ModelStatus> watcher, ModelStatus status) {
        try {
            watcher.accept(status);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a watcher of models failed", e);
        }
    }

    /** Gives back all that serves. */
    @Override
    public void close() {
        served.values().forEach(one -> one.serving().ifPresent(LoadedModel::release));
        served.clear();
    }
}
