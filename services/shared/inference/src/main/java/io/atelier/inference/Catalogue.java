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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a repository serves.
 *
 * <p>It loads what is promoted beside what serves, tries it, and swaps; the old version closes when its last run is done.
 * A version that does not match its manifest, cannot be loaded or fails its trial is told as BROKEN and not tried again
 * until its promotion changes, and what served serves on. Where memory is short, versions sleep: they are closed, and opened
 * again by whoever asks for them.
 *
 * <p>One thread follows promotions; any may read, put to sleep and wake.
 */
final class Catalogue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Catalogue.class.getName());
    /** Differs from every promotion, so that the next look tries again. */
    private static final Promotion NEVER_SEEN = new Promotion(0, false, 0, -1);

    private final ModelRepository repository;
    private final Set<ModelTask> tasks;
    private final Function<ModelPackage, LoadedModel> load;
    private final Predicate<ModelManifest> settles;
    private final InstantSource clock;
    private final Map<ModelName, Served> served = new ConcurrentSkipListMap<>();
    private final List<Consumer<ModelStatus>> watchers = new CopyOnWriteArrayList<>();

    /**
     * Nothing yet.
     *
     * @param settles whether a version needs no other to be closed for it; one that does sleeps until it is asked for
     */
    Catalogue(
            ModelRepository repository,
            Set<ModelTask> tasks,
            Function<ModelPackage, LoadedModel> load,
            Predicate<ModelManifest> settles,
            InstantSource clock) {
        this.repository = repository;
        this.tasks = tasks;
        this.load = load;
        this.settles = settles;
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

    /** The sleeping version when a reference means it. */
    Optional<ModelManifest> asleep(ModelRef ref) {
        return Optional.ofNullable(served.get(ref.name()))
                .flatMap(Served::asleep)
                .filter(manifest -> ref.version().isEmpty() || ref.version().getAsLong() == manifest.version());
    }

    /** Takes over a count of what was asleep; gives it back when something else serves meanwhile. */
    void wake(LoadedModel model) {
        ModelManifest manifest = model.manifest();
        boolean taken = update(
                manifest.name(),
                known -> known.asleep().isPresent() && known.serves(manifest)
                        ? known.awake(model, clock.instant())
                        : known);
        if (!taken) {
            model.release();
        }
    }

    /** What was asleep turned out to be broken. */
    void lose(ModelManifest manifest, Problem problem) {
        LOG.log(System.Logger.Level.WARNING, problem.message());
        update(
                manifest.name(),
                known -> known.asleep().isPresent() && known.serves(manifest) ? known.lost(problem.message()) : known);
    }

    /** All that serves and is open. */
    Stream<MemoryBudget.Resident> residents() {
        return served.values().stream()
                .flatMap(one -> one.serving().stream())
                .map(model -> new MemoryBudget.Resident(model, () -> sleep(model)));
    }

    private void sleep(LoadedModel model) {
        ModelManifest manifest = model.manifest();
        boolean closed = update(
                manifest.name(),
                known -> known.serving().filter(model::equals).isPresent() ? known.asleep(manifest) : known);
        if (closed) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}@{1} is closed until it is asked for: its memory is needed",
                    manifest.name(),
                    manifest.version());
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
        gone.forEach(this::forget);
    }

    private void forget(ModelName name) {
        Served old;
        synchronized (this) {
            old = served.remove(name);
        }
        if (old != null) {
            old.serving().ifPresent(LoadedModel::release);
        }
    }

    private void follow(ModelName name, Promotion promotion) {
        Served before = served.get(name);
        if (before != null && before.promotion().equals(promotion)) {
            return;
        }
        try {
            ModelRef ref = new ModelRef(name, OptionalLong.of(promotion.version()));
            ModelManifest manifest = repository.manifest(ref);
            if (!tasks.contains(manifest.task())) {
                put(name, Served.irrelevant(name, promotion));
                return;
            }
            Served now = put(name, promotion);
            if (now.serves(manifest)) {
                return; // promoted back to what serves, or only pinned
            }
            if (now.manifest().isEmpty() && !settles.test(manifest)) {
                update(name, known -> known.asleep(manifest));
                return;
            }
            LoadedModel loaded = load.apply(repository.open(ref)); // fetched only when it will serve
            update(name, known -> known.open(loaded, clock.instant()));
            LOG.log(System.Logger.Level.INFO, "{0}@{1} serves", name, promotion.version());
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, e.problem().message());
            refuse(name, promotion, e.problem());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, name + " cannot be loaded now", e);
            refuse(name, promotion, Loading.notReady("The model cannot be loaded now; try again."));
        }
    }

    private void refuse(ModelName name, Promotion promotion, Problem problem) {
        if (problem.status().retried()) {
            put(name, NEVER_SEEN);
        } else {
            put(name, promotion);
            update(name, known -> known.broken(problem.message()));
        }
    }
    /** Makes a promotion known; what served before goes on. */
    private Served put(ModelName name, Promotion promotion) {
        Served before;
        Served now;
        synchronized (this) {
            before = served.get(name);
            now = before == null ? Served.begun(name, promotion) : before.following(promotion);
            served.put(name, now);
        }
        passed(before, now);
        return now;
    }

    private void put(ModelName name, Served now) {
        Served before;
        synchronized (this) {
            before = served.put(name, now);
        }
        passed(before, now);
    }

    /** Changes what is known of a model that is known; tells whether that is anything new. */
    private boolean update(ModelName name, UnaryOperator<Served> change) {
        Served before;
        Served now;
        synchronized (this) {
            before = served.get(name);
            if (before == null) {
                return false;
            }
            now = change.apply(before);
            served.put(name, now);
        }
        passed(before, now);
        return now != before;
    }

    /** Gives back what served before and does no more, and tells who watches. */
    private void passed(@Nullable Served before, Served now) {
        if (before != null && !before.serving().equals(now.serving())) {
            before.serving().ifPresent(LoadedModel::release);
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
