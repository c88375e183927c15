package io.atelier.inference;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.ErrorCode;
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
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Serves a repository's models on ONNX Runtime.
 *
 * <p>A thread looks at the repository: it loads what is promoted beside what serves, tries it, and swaps; the old version
 * closes when its last run is done. A version that does not match its manifest, cannot be loaded or fails its trial is
 * told as BROKEN and not tried again until its promotion changes, and what served serves on.
 */
public final class OnnxModelServer implements ModelServer {
    private static final System.Logger LOG = System.getLogger(OnnxModelServer.class.getName());

    /** Differs from every promotion, so that the next look tries again. */
    private static final Promotion NEVER_SEEN = new Promotion(0, false, 0, -1);

    private final ModelRepository repository;
    private final Set<ModelTask> tasks;
    private final InferenceSettings settings;
    private final InstantSource clock;
    private final OrtRuntime runtime;
    private final Scheduler scheduler;
    private final Loading loading;
    private final VersionCache versions;
    private final Map<ModelName, Served> served = new ConcurrentSkipListMap<>();
    private final List<Consumer<ModelStatus>> watchers = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final Phaser handles = new Phaser(1);
    private final Thread watch;
    private volatile boolean ready;
    private volatile boolean closed;

    private OnnxModelServer(
            ModelRepository repository,
            Set<ModelTask> tasks,
            InferenceSettings settings,
            InferenceListener listener,
            InstantSource clock) {
        this.repository = repository;
        this.tasks = Set.copyOf(tasks);
        this.settings = settings;
        this.clock = clock;
        this.runtime = OrtRuntime.open(Device.parse(settings.device()), settings.threads());
        this.scheduler = new Scheduler(settings.workers(), settings.queueRows(), listener, clock);
        this.loading = new Loading(runtime, repository, settings);
        this.versions = new VersionCache(settings.cachedVersions(), loading::load);
        this.watch = Thread.ofPlatform().name("model-watch").daemon().unstarted(this::watch);
    }

    /**
     * Starts serving, without waiting for models.
     *
     * @param tasks the tasks whose models are served; others are not looked at
     * @throws IllegalStateException when the configured device is not there
     */
    public static OnnxModelServer start(
            ModelRepository repository,
            Set<ModelTask> tasks,
            InferenceSettings settings,
            InferenceListener listener,
            InstantSource clock) {
        OnnxModelServer server = new OnnxModelServer(repository, tasks, settings, listener, clock);
        server.watch.start();
        return server;
    }

    /** What all results of this server depend on beside model and inputs. */
    public String deviceClass() {
        return runtime.deviceClass();
    }

    /** How many rows wait, over all models; for a gauge. */
    public int waitingRows() {
        return scheduler.waitingRows();
    }

    /** How many runs go on; for a gauge. */
    public int runs() {
        return scheduler.runs();
    }

    @Override
    public ModelHandle acquire(ModelRef ref) {
        if (closed || handles.register() < 0) {
            throw Problem.of(ErrorCode.SHUTTING_DOWN, "The service is stopping; try again.")
                    .exception();
        }
        try {
            return new CountedHandle(find(ref), scheduler, handles::arriveAndDeregister);
        } catch (RuntimeException | Error e) {
            handles.arriveAndDeregister();
            throw e;
        }
    }

    /** The version a reference means, counted for the caller. */
    private LoadedModel find(ModelRef ref) {
        Optional<LoadedModel> current = serving(ref);
        if (current.isPresent()) {
            return current.get();
        }
        if (ref.version().isEmpty()) {
            throw whyNotServing(ref).exception();
        }
        ModelPackage found = repository.open(ref);
        requireTask(found.manifest());
        return versions.acquire(found);
    }

    private Optional<LoadedModel> serving(ModelRef ref) {
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

    private Problem whyNotServing(ModelRef ref) {
        Served known = served.get(ref.name());
        if (known != null && !known.relevant()) {
            requireTask(repository.open(ref).manifest());
        }
        if (known != null && known.problem().isPresent()) {
            return Problem.of(ErrorCode.BROKEN_PACKAGE, known.problem().get());
        }
        if (known == null && repository.promotion(ref.name()).isEmpty()) {
            return Problem.field(
                    ErrorCode.UNKNOWN_MODEL, "model", "a promoted model", "No model " + ref + " is served here.");
        }
        refresh();
        return Loading.notReady("The model " + ref + " is still loading; try again.");
    }

    private void requireTask(ModelManifest manifest) {
        if (!tasks.contains(manifest.task())) {
            throw Problem.field(
                            ErrorCode.WRONG_TASK,
                            "model",
                            String.join(
                                    ", ",
                                    tasks.stream().map(ModelTask::id).sorted().toList()),
                            manifest.name() + " does " + manifest.task().id() + ".")
                    .exception();
        }
    }

    @Override
    public List<ModelStatus> models() {
        return served.values().stream()
                .filter(Served::relevant)
                .map(Served::status)
                .toList();
    }

    @Override
    public void refresh() {
        wake.release();
    }

    @Override
    public Cancellation.Registration watch(Consumer<ModelStatus> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                ready = true;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot look at the model repository; serving what is loaded", e);
            }
            awaitNextLook();
        }
    }

    private void awaitNextLook() {
        try {
            if (wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; closing wakes it up
        }
    }

    private void look() {
        List<ModelName> names = repository.names();
        for (ModelName name : names) {
            if (closed) {
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
            ModelPackage found = repository.open(new ModelRef(name, OptionalLong.of(promotion.version())));
            if (!tasks.contains(found.manifest().task())) {
                swap(new Served(name, promotion, false, Optional.empty(), Optional.empty(), Optional.empty()));
                return;
            }
            if (isServing(serving, found.manifest())) {
                swap(now); // promoted back to what serves, or only pinned
                return;
            }
            swap(now);
            LoadedModel loaded = loading.load(found);
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

    /**
     * Refuses new work, waits for loads that go on and, up to the drain time, for handles, then ends what is left.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        wake.release();
        Threads.join(watch);
        awaitHandles();
        loading.close();
        scheduler.close();
        versions.close();
        served.values().forEach(one -> one.serving().ifPresent(LoadedModel::release));
        served.clear();
    }

    private void awaitHandles() {
        try {
            handles.awaitAdvanceInterruptibly(
                    handles.arriveAndDeregister(), settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closing with {0} requests still on their way",
                    handles.getRegisteredParties());
        }
    }
}
